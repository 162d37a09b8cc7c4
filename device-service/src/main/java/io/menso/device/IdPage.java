package io.menso.device;

import io.menso.commons.web.Paging;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/// Ids of one page of a list, and the length of the whole list.
///
/// @param ids   in order of creation
/// @param total entries in the whole list
public record IdPage(List<UUID> ids, long total) {

    /// Fetches a page; what lies past the end is empty (C2).
    ///
    /// @param ids   asks for all ids in order
    /// @param total how many there are
    public static Uni<IdPage> fetch(Mutiny.SelectionQuery<UUID> ids, long total, Paging paging) {
        if (paging.offset() >= total) {
            return Uni.createFrom().item(new IdPage(List.of(), total));
        }
        return ids.setFirstResult((int) paging.offset())
                .setMaxResults(paging.perPage())
                .getResultList()
                .map(found -> new IdPage(found, total));
    }
}
