package io.menso.device.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key as the gateway needs it.
///
/// @param secret  standard Base64 with padding
/// @param device  its device, unless it is a system key
/// @param gallery the device's gallery now
@JsonInclude(JsonInclude.Include.NON_NULL)
record LookupResponse(
        UUID kid,
        String customer,
        String environment,
        String secret,
        @Nullable UUID device,
        @Nullable String gallery) {

    /// Never says the secret.
    @Override
    public String toString() {
        return "LookupResponse[" + kid + "]";
    }
}
