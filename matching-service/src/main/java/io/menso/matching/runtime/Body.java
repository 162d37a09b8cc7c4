package io.menso.matching.runtime;

import io.menso.commons.web.ApiException;
import org.jspecify.annotations.Nullable;

/// The body of a JSON request, which the HTTP layer gives as `null` when it is empty.
public final class Body {

    private Body() {}

    /// @throws ApiException 400 when there is none
    public static <T> T require(@Nullable T body) {
        if (body == null) {
            throw ApiException.badRequest("The body is missing");
        }
        return body;
    }
}
