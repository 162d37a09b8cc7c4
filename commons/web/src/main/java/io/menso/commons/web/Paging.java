package io.menso.commons.web;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One page of a list: `page` from 1, `perPage` from 1 to 1000 (decisions C1, C2).
///
/// @param page    page number, from 1
/// @param perPage entries on a page, 1 to 1000
public record Paging(int page, int perPage) {

    public static final int DEFAULT_PER_PAGE = 50;
    public static final int MAX_PER_PAGE = 1000;

    public Paging {
        if (page < 1) {
            throw ApiException.badRequest("page must be at least 1");
        }
        if (perPage < 1 || perPage > MAX_PER_PAGE) {
            throw ApiException.badRequest("per_page must be from 1 to " + MAX_PER_PAGE);
        }
    }

    /// Reads the query parameters `page` and `per_page`.
    ///
    /// @throws ApiException 400 when one is not an integer in range, or is given twice
    public static Paging of(UriInfo uri) {
        return new Paging(read(uri, "page", 1), read(uri, "per_page", DEFAULT_PER_PAGE));
    }

    private static int read(UriInfo uri, String name, int otherwise) {
        List<String> values = uri.getQueryParameters().get(name);
        if (values == null) {
            return otherwise;
        }
        if (values.size() != 1 || !values.getFirst().matches("[0-9]{1,10}")) {
            throw ApiException.badRequest(name + " must be one positive integer");
        }
        long value = Long.parseLong(values.getFirst());
        if (value > Integer.MAX_VALUE) {
            throw ApiException.badRequest(name + " is too large");
        }
        return (int) value;
    }

    /// Index of the first entry, from 0.
    public long offset() {
        return (long) (page - 1) * perPage;
    }

    /// The response `{"page": n, "<field>": [...]}` with its `Link` header (RFC 8288, one field).
    ///
    /// @param field name of the array member
    /// @param items entries of this page, in order of creation
    /// @param total entries in the whole list
    /// @param uri   the request, whose other query parameters are kept
    public Response respond(String field, List<?> items, long total, UriInfo uri) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("page", page);
        body.put(field, items);
        Response.ResponseBuilder response = Response.ok(body);
        String link = link(total, uri.getRequestUri());
        return (link == null ? response : response.header("Link", link)).build();
    }

    @Nullable
    String link(long total, URI request) {
        long last = Math.max(1, (total + perPage - 1) / perPage);
        if (last == 1) {
            return null;
        }
        List<String> links = new ArrayList<>();
        links.add(entry(request, 1, "first"));
        if (page > 1) {
            links.add(entry(request, Math.min(page - 1L, last), "prev"));
        }
        if (page < last) {
            links.add(entry(request, page + 1L, "next"));
        }
        links.add(entry(request, last, "last"));
        return String.join(", ", links);
    }

    private static String entry(URI request, long page, String rel) {
        return "<" + UriBuilder.fromUri(request).replaceQueryParam("page", page).build() + ">; rel=\"" + rel + "\"";
    }
}
