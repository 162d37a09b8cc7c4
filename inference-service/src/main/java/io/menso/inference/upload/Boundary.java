package io.menso.inference.upload;

import io.menso.commons.web.ApiException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The boundary in a request's `Content-Type` (RFC 2046, 5.1.1).
final class Boundary {

    private static final String TYPE = "multipart/form-data";
    private static final String CHARACTERS = "[0-9A-Za-z'()+_,\\-./:=? ]{0,69}[0-9A-Za-z'()+_,\\-./:=?]";

    private Boundary() {}

    /// @throws ApiException 400 when the type is missing or another, or has no valid boundary (decision B3)
    static String of(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.strip();
        int parameters = type.indexOf(';');
        String name = (parameters < 0 ? type : type.substring(0, parameters)).strip();
        if (!name.toLowerCase(Locale.ROOT).equals(TYPE) || parameters < 0) {
            throw refusal();
        }
        String boundary = HeaderParameters.of(type.substring(parameters)).get("boundary");
        if (boundary == null || !boundary.matches(CHARACTERS)) {
            throw refusal();
        }
        return boundary;
    }

    private static ApiException refusal() {
        return ApiException.badRequest("Content-Type must be " + TYPE + " with a boundary");
    }
}
