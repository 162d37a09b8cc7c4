package io.menso.matching.search;

import io.menso.commons.web.ApiException;
import java.util.Collection;
import java.util.TreeSet;

/// Faces exist, but were registered with another revision of the embedding: no comparison with them means
/// anything.
final class OtherRevision {

    private OtherRevision() {}

    /// 404, as for a face that does not exist: the text of the API has no closer status (H5).
    ///
    /// @param asked      revision of the embedding that is looked for
    /// @param registered revisions of the faces that there are
    static ApiException refusal(String asked, Collection<String> registered) {
        return new ApiException(
                404,
                ApiException.BAD_RESOURCE,
                "Faces were registered with model revision " + String.join(", ", new TreeSet<>(registered))
                        + " and cannot be compared with revision " + asked
                        + ", which is in use; register them again, or go back to the former revision");
    }
}
