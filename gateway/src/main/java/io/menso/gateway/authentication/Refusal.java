package io.menso.gateway.authentication;

import io.menso.commons.web.ApiException;
import java.util.Map;

/// The ways in which authentication says no (decisions A10, A11).
final class Refusal {

    private static final String BEFORE_VERIFICATION = "Unknown key or bad signature";

    private Refusal() {}

    /// No token was sent.
    static ApiException noToken() {
        return new ApiException(401, ApiException.BAD_AUTH, BEFORE_VERIFICATION, Map.of("WWW-Authenticate", "Bearer"));
    }

    /// A token was sent whose signature is not verified: one reason for all, so that nothing can be learned from it.
    static ApiException beforeVerification() {
        return ApiException.notAllowed(BEFORE_VERIFICATION);
    }

    /// The caller holds the key, so it may know exactly what is wrong.
    static ApiException afterVerification(String reason) {
        return ApiException.notAllowed(reason);
    }
}
