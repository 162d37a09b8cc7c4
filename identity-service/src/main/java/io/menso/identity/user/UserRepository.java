package io.menso.identity.user;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Paging;
import io.menso.commons.web.Tenant;
import io.menso.identity.IdPage;
import io.menso.identity.TenantKey;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The users of all tenants, each question about one.
@ApplicationScoped
public class UserRepository implements PanacheRepositoryBase<User, TenantKey> {

    private static final String OF_TENANT = "customer = ?1 and environment = ?2";

    /// @return fails with 404 when the tenant has no such user
    Uni<User> get(Tenant tenant, UUID id) {
        return require(findById(TenantKey.of(tenant, id)));
    }

    Uni<Optional<User>> find(Tenant tenant, UUID id) {
        return findById(TenantKey.of(tenant, id)).map(Optional::ofNullable);
    }

    /// As [#get], and nobody else changes or deletes the user until the transaction ends.
    Uni<User> lock(Tenant tenant, UUID id) {
        return require(findById(TenantKey.of(tenant, id), LockModeType.PESSIMISTIC_WRITE));
    }

    /// Fails with 404 when the tenant has no such user.
    public Uni<Void> requireExisting(Tenant tenant, UUID id) {
        return get(tenant, id).replaceWithVoid();
    }

    /// As [#requireExisting], and the user stays until the transaction ends.
    public Uni<Void> requireStaying(Tenant tenant, UUID id) {
        return require(findById(TenantKey.of(tenant, id), LockModeType.PESSIMISTIC_READ))
                .replaceWithVoid();
    }

    Uni<IdPage> page(Tenant tenant, Paging paging) {
        return count(OF_TENANT, tenant.customer(), tenant.environment().label())
                .chain(total -> paging.offset() >= total
                        ? Uni.createFrom().item(new IdPage(paging, List.of(), total))
                        : ids(tenant, paging).map(ids -> new IdPage(paging, ids, total)));
    }

    private Uni<List<UUID>> ids(Tenant tenant, Paging paging) {
        return getSession()
                .chain(session -> session.createSelectionQuery(
                                "select id from User where " + OF_TENANT + " order by id", UUID.class)
                        .setParameter(1, tenant.customer())
                        .setParameter(2, tenant.environment().label())
                        .setFirstResult(Math.toIntExact(paging.offset()))
                        .setMaxResults(paging.perPage())
                        .getResultList());
    }

    private static Uni<User> require(Uni<User> found) {
        return found.onItem().ifNull().failWith(() -> ApiException.notFound("User"));
    }
}
