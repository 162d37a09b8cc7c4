package io.menso.device.customer;

import io.menso.device.key.IssuedKey;
import java.util.UUID;

/// A new system key.
///
/// @param secret standard Base64 with padding
record SystemKeyResponse(UUID kid, String environment, String secret) {

    static SystemKeyResponse of(IssuedKey issued) {
        return new SystemKeyResponse(
                issued.key().id(), issued.key().tenant().environment().label(), issued.secret());
    }

    /// Never says the secret.
    @Override
    public String toString() {
        return "SystemKeyResponse[" + kid + "]";
    }
}
