package io.menso.device.key;

import io.menso.commons.web.Tenant;
import io.menso.commons.web.UuidV7;
import io.menso.device.secret.SecretVault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes keys, opens their secrets and revokes them. All methods run inside a transaction of the caller.
@ApplicationScoped
public class KeyIssuer {

    private static final int SECRET_BYTES = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyRepository keys;
    private final SecretVault vault;
    private final KeyEvents events;
    private final UuidV7 ids;
    private final Clock clock;

    @Inject
    public KeyIssuer(KeyRepository keys, SecretVault vault, KeyEvents events, UuidV7 ids, Clock clock) {
        this.keys = keys;
        this.vault = vault;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /// @param device whose key it is; none for a system key
    public Uni<IssuedKey> issue(Tenant tenant, @Nullable UUID device) {
        UUID id = ids.next();
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return vault.seal(tenant, id, secret)
                .chain(ciphertext -> keys.persist(new AccessKey(id, tenant, device, ciphertext, clock.instant())))
                .call(events::created)
                .map(key -> IssuedKey.of(key, secret));
    }

    /// @throws IllegalStateException when the stored secret was changed or belongs to another key
    Uni<IssuedKey> open(AccessKey key) {
        return vault.open(key.tenant(), key.id(), key.sealedSecret()).map(secret -> IssuedKey.of(key, secret));
    }

    /// Destroys the secret and keeps the key listed as revoked.
    public Uni<Void> revoke(AccessKey key) {
        key.revoke(clock.instant());
        return events.revoked(key);
    }

    /// Removes the key altogether.
    Uni<Void> remove(AccessKey key) {
        key.touch();
        return events.revoked(key).chain(() -> keys.delete(key));
    }
}
