package io.menso.device.customer;

import io.menso.commons.web.ApiException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Body of `POST /internal/customers`.
record CreateCustomerRequest(@Nullable String handle) {

    private static final Pattern HANDLE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /// @throws ApiException 400 when the handle is missing or malformed
    String validHandle() {
        if (handle == null || !HANDLE.matcher(handle).matches()) {
            throw ApiException.badRequest("handle must match " + HANDLE);
        }
        return handle;
    }
}
