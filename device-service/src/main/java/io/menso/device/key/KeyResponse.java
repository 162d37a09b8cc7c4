package io.menso.device.key;

import java.util.UUID;

/// A device key as clients see it.
///
/// @param created Unix seconds
/// @param secret  standard Base64 with padding
record KeyResponse(UUID uuid, long created, String secret) {

    static KeyResponse of(IssuedKey issued) {
        return new KeyResponse(issued.key().id(), issued.key().createdAt().getEpochSecond(), issued.secret());
    }

    /// Never says the secret.
    @Override
    public String toString() {
        return "KeyResponse[" + uuid + "]";
    }
}
