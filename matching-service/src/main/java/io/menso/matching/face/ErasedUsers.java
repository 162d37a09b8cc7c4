package io.menso.matching.face;

import io.menso.commons.web.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// The tombstones of users, and the lock that puts changes of one user in order. Used inside a transaction.
@ApplicationScoped
public class ErasedUsers implements PanacheRepositoryBase<ErasedUser, UserKey> {

    static final String LOCK = "select cast(pg_advisory_xact_lock(hashtextextended(?1, 0)) as text)";

    /// Waits until no other transaction works on the user, and keeps others waiting until this one ends. There
    /// need not be a row to lock. Whatever is read afterwards is committed state.
    ///
    /// @return whether the user was erased
    public Uni<Boolean> lockAndCheck(Tenant tenant, UUID user) {
        UserKey key = UserKey.of(tenant, user);
        return getSession()
                .chain(session -> session.createNativeQuery(LOCK, String.class)
                        .setParameter(1, lockName(key))
                        .getSingleResult())
                .chain(() -> count("tenant = ?1 and userId = ?2", key.tenant(), key.userId()))
                .map(count -> count > 0);
    }

    static String lockName(UserKey key) {
        return key.tenant() + "/" + key.userId();
    }

    Uni<Void> bury(UserKey key, long now) {
        return persist(new ErasedUser(key, now)).replaceWithVoid();
    }
}
