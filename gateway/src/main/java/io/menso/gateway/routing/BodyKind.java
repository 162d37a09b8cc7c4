package io.menso.gateway.routing;

import io.menso.commons.web.ApiException;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the body of a request may be (decisions B3, B10).
public enum BodyKind {
    /// None; what is sent all the same is not passed on.
    NONE(Set.of()),
    /// Any or none, such as for `POST .../keys`.
    OPTIONAL(Set.of()),
    JSON(Set.of("application/json")),
    PATCH(Set.of("application/merge-patch+json", "application/json")),
    SOURCE(Set.of("text/javascript", "application/javascript")),
    IMAGES(Set.of("multipart/form-data"));

    private final Set<String> types;

    BodyKind(Set<String> types) {
        this.types = types;
    }

    /// Checks `Content-Type`; parameters such as charset are allowed.
    ///
    /// @throws ApiException 400 when it is missing, given twice or not one of this kind
    public void check(MultiMap headers) {
        if (types.isEmpty()) {
            return;
        }
        List<String> values = headers.getAll("Content-Type");
        if (values.size() != 1 || !types.contains(mediaType(values.getFirst()))) {
            throw ApiException.badRequest("Content-Type must be "
                    + String.join(" or ", types.stream().sorted().toList()));
        }
        if (this == IMAGES && !values.getFirst().toLowerCase(Locale.ROOT).contains("boundary=")) {
            throw ApiException.badRequest("Content-Type multipart/form-data must name its boundary");
        }
    }

    private static String mediaType(String value) {
        int parameters = value.indexOf(';');
        return (parameters < 0 ? value : value.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
