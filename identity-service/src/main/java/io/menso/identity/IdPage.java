package io.menso.identity;

import io.menso.commons.web.Paging;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;

/// A page of a list of ids.
///
/// @param paging which page
/// @param ids    its ids, in order of creation; none past the end
/// @param total  number of ids in the whole list
public record IdPage(Paging paging, List<UUID> ids, long total) {

    /// The response, with its `Link` header.
    ///
    /// @param field name of the array member
    public Response respond(String field, UriInfo uri) {
        return paging.respond(field, ids, total, uri);
    }
}
