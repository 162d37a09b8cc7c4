package io.menso.matching.tenantkey;

import io.menso.commons.data.EnvelopeCipher;
import io.menso.commons.web.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;

/// Opens the data keys of tenants and makes a tenant's first one. The service does not start without the master
/// key.
@Startup
@ApplicationScoped
public class TenantKeys {

    private final DataKeyRepository stored;
    private final EnvelopeCipher master;
    private final Map<Tenant, TemplateCipher> open = new ConcurrentHashMap<>();

    @Inject
    public TenantKeys(DataKeyRepository stored, KeyConfig config) {
        this.stored = stored;
        this.master = EnvelopeCipher.ofFile(config.masterKeyFile());
    }

    /// The tenant's cipher; a key is made and stored when there is none.
    ///
    /// Opens a session of its own, so it must not be called inside a transaction: a key that was rolled back
    /// would stay in memory and seal what nobody can open later.
    public Uni<TemplateCipher> of(Tenant tenant) {
        TemplateCipher known = open.get(tenant);
        return known == null ? load(tenant) : Uni.createFrom().item(known);
    }

    /// The tenant's cipher if the tenant has a key; none is made.
    public Uni<Optional<TemplateCipher>> find(Tenant tenant) {
        return Panache.withSession(() -> stored.findById(tenant.id()))
                .map(key -> Optional.ofNullable(key).map(found -> open(tenant, found)));
    }

    /// The tenant's cipher if it was asked for before.
    public Optional<TemplateCipher> known(Tenant tenant) {
        return Optional.ofNullable(open.get(tenant));
    }

    /// A new key that belongs to no tenant, wrapped by the master key.
    public byte[] newKey(String purpose) {
        return master.newDataKey(purpose);
    }

    /// @throws IllegalStateException when the key was wrapped for another purpose or by another master key
    public SecretKey unwrap(byte[] wrapped, String purpose) {
        return master.unwrap(wrapped, purpose);
    }

    private Uni<TemplateCipher> load(Tenant tenant) {
        return Panache.withTransaction(() -> findOrCreate(tenant.id())).map(key -> open(tenant, key));
    }

    private TemplateCipher open(Tenant tenant, DataKey key) {
        TemplateCipher cipher = new TemplateCipher(tenant, master.unwrap(key.wrapped, context(tenant.id())));
        open.put(tenant, cipher);
        return cipher;
    }

    private Uni<DataKey> findOrCreate(String tenant) {
        return stored.findById(tenant).onItem().ifNull().switchTo(() -> create(tenant));
    }

    private Uni<DataKey> create(String tenant) {
        return stored.addIfAbsent(new DataKey(tenant, master.newDataKey(context(tenant))))
                .chain(() -> stored.findById(tenant));
    }

    private static String context(String tenant) {
        return "matching data key of " + tenant;
    }
}
