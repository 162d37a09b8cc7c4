package io.menso.identity.token;

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
import org.jspecify.annotations.Nullable;

/// The tokens of all tenants, each question about one user of one tenant.
@ApplicationScoped
class TokenRepository implements PanacheRepositoryBase<Token, TenantKey> {

    private static final String OF_USER = "customer = ?1 and environment = ?2 and userId = ?3";

    Uni<Optional<Token>> find(Tenant tenant, UUID user, UUID id) {
        return findById(TenantKey.of(tenant, id)).map(token -> ofUser(token, user));
    }

    /// @return fails with 404 when the user has no such token
    Uni<Token> get(Tenant tenant, UUID user, UUID id) {
        return find(tenant, user, id).map(TokenRepository::require);
    }

    /// As [#get], and nobody else changes or deletes the token until the transaction ends.
    Uni<Token> lock(Tenant tenant, UUID user, UUID id) {
        return findById(TenantKey.of(tenant, id), LockModeType.PESSIMISTIC_WRITE)
                .map(token -> require(ofUser(token, user)));
    }

    /// All tokens of a user, locked, in order of creation.
    Uni<List<Token>> lockAll(Tenant tenant, UUID user) {
        return find(
                        OF_USER + " order by id",
                        tenant.customer(),
                        tenant.environment().label(),
                        user)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    Uni<Long> deleteAll(Tenant tenant, UUID user) {
        return delete(OF_USER, tenant.customer(), tenant.environment().label(), user);
    }

    Uni<IdPage> page(Tenant tenant, UUID user, Paging paging) {
        return count(OF_USER, tenant.customer(), tenant.environment().label(), user)
                .chain(total -> paging.offset() >= total
                        ? Uni.createFrom().item(new IdPage(paging, List.of(), total))
                        : ids(tenant, user, paging).map(ids -> new IdPage(paging, ids, total)));
    }

    private Uni<List<UUID>> ids(Tenant tenant, UUID user, Paging paging) {
        return getSession()
                .chain(session -> session.createSelectionQuery(
                                "select id from Token where " + OF_USER + " order by id", UUID.class)
                        .setParameter(1, tenant.customer())
                        .setParameter(2, tenant.environment().label())
                        .setParameter(3, user)
                        .setFirstResult(Math.toIntExact(paging.offset()))
                        .setMaxResults(paging.perPage())
                        .getResultList());
    }

    private static Optional<Token> ofUser(@Nullable Token token, UUID user) {
        return Optional.ofNullable(token).filter(found -> found.userId().equals(user));
    }

    private static Token require(Optional<Token> token) {
        return token.orElseThrow(() -> ApiException.notFound("Token"));
    }
}
