package io.menso.matching.membership;

import io.menso.commons.web.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// Memberships by token, user and gallery.
@ApplicationScoped
public class MembershipRepository implements PanacheRepositoryBase<Membership, MembershipKey> {

    /// A change of the same version as a deletion wins: then identity-service announced the deletion, could not
    /// complete it, and went on to change the token.
    private static final String PUT = "insert into memberships"
            + " (tenant, token, user_id, gallery, valid_from, valid_through, version, deleted)"
            + " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, false)"
            + " on conflict (tenant, token) do update set user_id = excluded.user_id, gallery = excluded.gallery,"
            + " valid_from = excluded.valid_from, valid_through = excluded.valid_through,"
            + " version = excluded.version, deleted = false"
            + " where memberships.version < excluded.version"
            + " or (memberships.version = excluded.version and memberships.deleted)";

    private static final String DELETE = "insert into memberships (tenant, token, version, deleted)"
            + " values (?1, ?2, ?3, true)"
            + " on conflict (tenant, token) do update set user_id = null, gallery = null, valid_from = null,"
            + " valid_through = null, version = excluded.version, deleted = true"
            + " where memberships.version <= excluded.version";

    private static final String OF_USER_IN_GALLERY =
            "tenant = :tenant and userId = :user and gallery = :gallery and deleted = false and validThrough >= :now";

    /// Stores the membership unless a newer one, or a deletion, is known.
    Uni<Void> put(Tenant tenant, UUID token, UUID user, Period period, long version) {
        return getSession()
                .chain(session -> session.createNativeQuery(PUT)
                        .setParameter(1, tenant.id())
                        .setParameter(2, token)
                        .setParameter(3, user)
                        .setParameter(4, period.gallery())
                        .setParameter(5, period.validFrom())
                        .setParameter(6, period.validThrough())
                        .setParameter(7, version)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /// Leaves a tombstone, also for a token that was never seen.
    Uni<Void> delete(Tenant tenant, UUID token, long version) {
        return getSession()
                .chain(session -> session.createNativeQuery(DELETE)
                        .setParameter(1, tenant.id())
                        .setParameter(2, token)
                        .setParameter(3, version)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /// Forgets all memberships of a user; the user's own tombstone keeps them from coming back.
    public Uni<Long> removeOf(Tenant tenant, UUID user) {
        return delete("tenant = ?1 and userId = ?2", tenant.id(), user);
    }

    /// Whether the user has a membership in the gallery that has not expired, now or later.
    Uni<Boolean> hasUnexpired(Tenant tenant, UUID user, String gallery, long now) {
        return count(OF_USER_IN_GALLERY, parameters(tenant, user, gallery, now)).map(count -> count > 0);
    }

    /// Whether the user has a membership in the gallery that is valid at this second.
    Uni<Boolean> hasValid(Tenant tenant, UUID user, String gallery, long now) {
        return count(OF_USER_IN_GALLERY + " and validFrom <= :now", parameters(tenant, user, gallery, now))
                .map(count -> count > 0);
    }

    private static Parameters parameters(Tenant tenant, UUID user, String gallery, long now) {
        return Parameters.with("tenant", tenant.id())
                .and("user", user)
                .and("gallery", gallery)
                .and("now", now);
    }
}
