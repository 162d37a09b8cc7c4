package io.menso.device.customer;

import io.menso.device.key.IssuedKey;
import java.util.UUID;

/// A new customer with its first two keys.
record CustomerResponse(String handle, Key production, Key staging) {

    /// @param secret standard Base64 with padding
    record Key(UUID kid, String secret) {

        /// Never says the secret.
        @Override
        public String toString() {
            return "Key[" + kid + "]";
        }
    }

    static CustomerResponse of(String handle, IssuedKey production, IssuedKey staging) {
        return new CustomerResponse(handle, key(production), key(staging));
    }

    private static Key key(IssuedKey issued) {
        return new Key(issued.key().id(), issued.secret());
    }
}
