package io.menso.device.key;

import io.menso.commons.web.ApiException;
import io.menso.device.secret.SecretVault;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.UUID;

/// Answers the gateway, which authenticates callers with the secrets of keys.
@ApplicationScoped
class KeyLookup {

    private final KeyRepository keys;
    private final SecretVault vault;

    @Inject
    KeyLookup(KeyRepository keys, SecretVault vault) {
        this.keys = keys;
        this.vault = vault;
    }

    /// @throws ApiException 404 when the key never existed or works no more
    @WithSession
    Uni<LookupResponse> find(UUID kid) {
        return keys.lookUp(kid)
                .map(found -> found.orElseThrow(() -> ApiException.notFound("Key")))
                .map(stored -> respond(kid, stored));
    }

    private LookupResponse respond(UUID kid, StoredKey stored) {
        byte[] secret = vault.open(stored.tenant(), kid, stored.secret(), stored.wrapped());
        return new LookupResponse(
                kid,
                stored.customer(),
                stored.environment(),
                Base64.getEncoder().encodeToString(secret),
                stored.device(),
                stored.gallery());
    }
}
