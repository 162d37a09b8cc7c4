package io.menso.device.customer;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Tenant.Environment;
import org.jspecify.annotations.Nullable;

/// Body of `POST /internal/customers/{handle}/keys`.
record CreateSystemKeyRequest(@Nullable String environment) {

    /// @throws ApiException 400 when it is neither `production` nor `staging`
    Environment validEnvironment() {
        try {
            return Environment.of(String.valueOf(environment));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("environment must be production or staging");
        }
    }
}
