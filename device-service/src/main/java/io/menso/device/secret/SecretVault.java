package io.menso.device.secret;

import io.menso.commons.data.EnvelopeCipher;
import io.menso.commons.web.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.hibernate.reactive.mutiny.Mutiny;

/// Encrypts the secrets of keys with the data key of their tenant, each bound to the id of its key.
///
/// Data keys are not cached: unwrapping one takes microseconds, and a destroyed one is gone at once.
@ApplicationScoped
public class SecretVault {

    private static final String CREATE =
            "insert into data_keys (customer, environment, wrapped) values (?1, ?2, ?3)" + " on conflict do nothing";

    private final EnvelopeCipher cipher;

    @Inject
    public SecretVault(EnvelopeCipher cipher) {
        this.cipher = cipher;
    }

    /// Encrypts a secret; makes the tenant's data key when there is none. Must run inside a transaction.
    public Uni<byte[]> seal(Tenant tenant, UUID key, byte[] secret) {
        return Panache.getSession()
                .chain(session -> find(session, tenant)
                        .chain(found -> found.map(Uni.createFrom()::item).orElseGet(() -> create(session, tenant))))
                .map(wrapped -> EnvelopeCipher.encrypt(unwrap(tenant, wrapped), secret, context(tenant, key)));
    }

    /// @throws IllegalStateException when the secret was changed, or encrypted for another key or tenant
    public Uni<byte[]> open(Tenant tenant, UUID key, byte[] ciphertext) {
        return Panache.getSession()
                .chain(session -> find(session, tenant))
                .map(wrapped -> wrapped.orElseThrow(() -> new IllegalStateException("the data key is destroyed")))
                .map(wrapped -> open(tenant, key, ciphertext, wrapped));
    }

    /// @param wrapped the tenant's data key, as [DataKey] holds it
    /// @throws IllegalStateException when the secret was changed, or encrypted for another key or tenant
    public byte[] open(Tenant tenant, UUID key, byte[] ciphertext, byte[] wrapped) {
        return EnvelopeCipher.decrypt(unwrap(tenant, wrapped), ciphertext, context(tenant, key));
    }

    private static Uni<Optional<byte[]>> find(Mutiny.Session session, Tenant tenant) {
        return session.find(
                        DataKey.class,
                        new DataKeyId(tenant.customer(), tenant.environment().label()))
                .map(found -> Optional.ofNullable(found).map(DataKey::wrapped));
    }

    /// Of several that create it at once the first wins: the others wait for it, then read it.
    private Uni<byte[]> create(Mutiny.Session session, Tenant tenant) {
        return session.createNativeQuery(CREATE)
                .setParameter(1, tenant.customer())
                .setParameter(2, tenant.environment().label())
                .setParameter(3, cipher.newDataKey(wrapContext(tenant)))
                .executeUpdate()
                .chain(() -> find(session, tenant))
                .map(Optional::orElseThrow);
    }

    private SecretKey unwrap(Tenant tenant, byte[] wrapped) {
        return cipher.unwrap(wrapped, wrapContext(tenant));
    }

    private static String wrapContext(Tenant tenant) {
        return "data-key/" + tenant.id();
    }

    private static String context(Tenant tenant, UUID key) {
        return "key/" + tenant.id() + "/" + key;
    }
}
