package io.menso.device.key;

import java.util.Base64;

/// A key with its secret in the clear, on its way to whom it belongs.
///
/// @param key    the key
/// @param secret standard Base64 with padding of the 64 secret bytes (A2, A3)
public record IssuedKey(AccessKey key, String secret) {

    static IssuedKey of(AccessKey key, byte[] secret) {
        return new IssuedKey(key, Base64.getEncoder().encodeToString(secret));
    }

    /// Never says the secret.
    @Override
    public String toString() {
        return "IssuedKey[" + key.id() + "]";
    }
}
