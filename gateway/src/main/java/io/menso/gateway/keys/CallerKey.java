package io.menso.gateway.keys;

import java.util.Base64;
import java.util.Optional;

/// A key of a customer's back-end or of one of its tablets. Never printed: it holds a secret.
public final class CallerKey {

    private final String kid;
    private final String customer;
    private final String environment;
    private final Optional<String> device;
    private final Optional<String> gallery;
    private final byte[] secret;

    /// @param environment `production` or `staging`
    /// @param device      the tablet that holds it, if it is a device key
    /// @param gallery     the tablet's gallery
    /// @param secret      the bytes that sign
    public CallerKey(
            String kid,
            String customer,
            String environment,
            Optional<String> device,
            Optional<String> gallery,
            byte[] secret) {
        this.kid = kid;
        this.customer = customer;
        this.environment = environment;
        this.device = device;
        this.gallery = gallery;
        this.secret = secret.clone();
    }

    public String kid() {
        return kid;
    }

    public String customer() {
        return customer;
    }

    public String environment() {
        return environment;
    }

    public Optional<String> device() {
        return device;
    }

    public Optional<String> gallery() {
        return gallery;
    }

    public boolean isDevice() {
        return device.isPresent();
    }

    public byte[] secret() {
        return secret.clone();
    }

    /// The secret as customers receive it: standard Base64 with padding (decision A3).
    public String secretText() {
        return Base64.getEncoder().encodeToString(secret);
    }

    @Override
    public String toString() {
        return "CallerKey[kid=" + kid + "]";
    }
}
