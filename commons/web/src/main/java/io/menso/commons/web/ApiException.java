package io.menso.commons.web;

import java.util.Map;

/// A request that ends in a documented error. The mapper turns it into status, headers and an [ApiError].
public final class ApiException extends RuntimeException {

    /// Error identifiers of the Melon v3 text that services raise by themselves.
    public static final String BAD_AUTH = "BAD_AUTH";

    public static final String BAD_REQUEST = "BAD_REQUEST";
    public static final String BAD_RESOURCE = "BAD_RESOURCE";
    public static final String BAD_CONTENT = "BAD_CONTENT";
    public static final String UNAVAILABLE = "UNAVAILABLE";

    private final int status;
    private final String error;
    private final Map<String, String> headers;

    /// @param status  HTTP status, 400 to 599
    /// @param error   stable identifier
    /// @param reason  sentence for people, also the exception's message
    /// @param headers response headers that belong to this error, such as `Retry-After`
    public ApiException(int status, String error, String reason, Map<String, String> headers) {
        super(reason);
        this.status = status;
        this.error = error;
        this.headers = Map.copyOf(headers);
    }

    public ApiException(int status, String error, String reason) {
        this(status, error, reason, Map.of());
    }

    /// 400 `BAD_REQUEST`: a header, parameter or JSON member is missing or wrong.
    public static ApiException badRequest(String reason) {
        return new ApiException(400, BAD_REQUEST, reason);
    }

    /// 400 `BAD_CONTENT`: the attached content cannot be used.
    public static ApiException badContent(String reason) {
        return new ApiException(400, BAD_CONTENT, reason);
    }

    /// 413 `BAD_CONTENT`: the attached content is too large.
    public static ApiException tooLarge(String reason) {
        return new ApiException(413, BAD_CONTENT, reason);
    }

    /// 401 `BAD_AUTH`: the caller is known but may not do this (the API has no 403).
    public static ApiException notAllowed(String reason) {
        return new ApiException(401, BAD_AUTH, reason, Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""));
    }

    /// 404 `BAD_RESOURCE`, for an unknown object and for another tenant's alike.
    ///
    /// @param what the kind of object, for example `User`
    public static ApiException notFound(String what) {
        return new ApiException(404, BAD_RESOURCE, what + " does not exist");
    }

    /// 503 with `Retry-After: 1`: a part of the suite cannot be reached or is overloaded.
    public static ApiException unavailable(String reason) {
        return new ApiException(503, UNAVAILABLE, reason, Map.of("Retry-After", "1"));
    }

    public int status() {
        return status;
    }

    public String error() {
        return error;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public ApiError body() {
        return new ApiError(error, String.valueOf(getMessage()));
    }
}
