package io.menso.matching.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.menso.commons.web.ApiException;
import io.menso.matching.remote.EncodedEmbedding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Body of `POST /v3/faces/search`. Scripts pass on what their own callers sent, so numbers may be text.
///
/// @param embedding whom to look for
/// @param gallery   where to look; a device always looks in its own
/// @param limit     users at most
/// @param threshold lowest score
public record SearchRequest(
        @Nullable EncodedEmbedding embedding,
        @Nullable JsonNode gallery,
        @Nullable JsonNode limit,
        @Nullable JsonNode threshold) {

    /// @throws ApiException 400 when a value is of the wrong type or out of range
    SearchOptions options(Optional<String> own) {
        return SearchOptions.parse(
                SearchOptions.text(limit, "limit"),
                SearchOptions.text(threshold, "threshold"),
                own.isPresent() ? null : galleryText(),
                own);
    }

    private @Nullable String galleryText() {
        if (gallery != null && gallery.isNumber()) {
            throw ApiException.badRequest("gallery has the wrong type");
        }
        return SearchOptions.text(gallery, "gallery");
    }
}
