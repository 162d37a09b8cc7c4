package io.menso.matching.tenantkey;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Data keys by tenant.
@ApplicationScoped
class DataKeyRepository implements PanacheRepositoryBase<DataKey, String> {

    private static final String ADD =
            "insert into data_keys (tenant, wrapped) values (?1, ?2) on conflict (tenant) do nothing";

    /// Adds a key unless the tenant has one; another replica may be adding its own at this moment.
    Uni<Void> addIfAbsent(DataKey key) {
        return getSession()
                .chain(session -> session.createNativeQuery(ADD)
                        .setParameter(1, key.tenant)
                        .setParameter(2, key.wrapped)
                        .executeUpdate())
                .replaceWithVoid();
    }
}
