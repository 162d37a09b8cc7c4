package io.menso.gateway.proxy;

import io.menso.commons.web.ApiException;
import io.vertx.core.http.HttpClientResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Errors that a service's HTTP layer answers without the API's JSON body, told in the API's words (decision B8).
final class ServiceErrors {

    private ServiceErrors() {}

    /// Whether the response is an error whose body is not ours to show.
    static boolean isForeign(HttpClientResponse response) {
        if (response.statusCode() < 400) {
            return false;
        }
        String type = response.getHeader("Content-Type");
        return type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    /// The same in our words.
    static ApiException translate(HttpClientResponse response) {
        return switch (response.statusCode()) {
            case 401, 403 -> ApiException.notAllowed("This key may not call this endpoint");
            case 404 -> ApiException.notFound("This resource");
            case 405 -> notAllowed(response);
            case 413 -> ApiException.tooLarge("The body is too large");
            case 429 -> new ApiException(429, "TOO_MANY_REQUESTS", "Too many requests", retryAfter(response));
            case 503 -> ApiException.unavailable("This part of the service is busy");
            case 502, 504 -> ApiException.unavailable("This part of the service cannot be reached");
            default -> other(response.statusCode());
        };
    }

    private static ApiException other(int status) {
        return status < 500
                ? ApiException.badRequest("The request is malformed")
                : new ApiException(500, "INTERNAL", "Something went wrong on our end");
    }

    private static ApiException notAllowed(HttpClientResponse response) {
        Map<String, String> headers = new HashMap<>();
        String allow = response.getHeader("Allow");
        headers.put("Allow", allow == null ? "" : allow);
        return new ApiException(405, ApiException.BAD_REQUEST, "This resource does not support the method", headers);
    }

    private static Map<String, String> retryAfter(HttpClientResponse response) {
        String seconds = response.getHeader("Retry-After");
        return Map.of("Retry-After", seconds == null ? "1" : seconds);
    }
}
