package io.menso.commons.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Who sent the request, as the gateway's internal token states it.
@RequestScoped
public class Caller {

    /// Group of a customer's back-end, holding a system key.
    public static final String SYSTEM = "system";

    /// Group of a tablet, holding a device key.
    public static final String DEVICE = "device";

    /// Group of the operator's command line.
    public static final String OPERATOR = "operator";

    /// Group of the gateway asking on its own behalf.
    public static final String GATEWAY = "gateway";

    private final JsonWebToken token;

    @Inject
    public Caller(JsonWebToken token) {
        this.token = token;
    }

    /// @throws ApiException 401 when the token names no customer and environment
    public Tenant tenant() {
        String customer = token.getSubject();
        String environment = token.getClaim("env");
        if (customer == null || environment == null) {
            throw ApiException.notAllowed("The token names no customer and environment");
        }
        return Tenant.of(customer, environment);
    }

    /// Id of the key that signed the caller's own token.
    public String keyId() {
        return token.getClaim("key");
    }

    public boolean isDevice() {
        return token.getGroups().contains(DEVICE);
    }

    /// The device that calls, when it is one.
    public Optional<UUID> device() {
        return token.<String>claim("device").map(UUID::fromString);
    }

    /// Gallery of the calling device, when it is one.
    public Optional<String> gallery() {
        return token.claim("gallery");
    }
}
