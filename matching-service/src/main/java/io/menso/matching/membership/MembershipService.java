package io.menso.matching.membership;

import io.menso.commons.web.Tenant;
import io.menso.matching.face.ErasedUsers;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/// Mirrors tokens, from whichever of call and event comes first; repeats and disorder change nothing.
@ApplicationScoped
public class MembershipService {

    private final MembershipRepository memberships;
    private final ErasedUsers erased;

    @Inject
    public MembershipService(MembershipRepository memberships, ErasedUsers erased) {
        this.memberships = memberships;
        this.erased = erased;
    }

    /// Stores a token's state, unless its user was erased or a newer state is known.
    @WithTransaction
    public Uni<Void> put(Tenant tenant, UUID token, MembershipRequest state) {
        return put(tenant, token, state.user(), state.period(), state.version());
    }

    /// Stores a token's state, unless its user was erased or a newer state is known.
    @WithTransaction
    public Uni<Void> put(Tenant tenant, UUID token, UUID user, Period period, long version) {
        return erased.lockAndCheck(tenant, user)
                .chain(gone ->
                        gone ? Uni.createFrom().voidItem() : memberships.put(tenant, token, user, period, version));
    }

    /// The token counts no more.
    @WithTransaction
    public Uni<Void> delete(Tenant tenant, UUID token, long version) {
        return memberships.delete(tenant, token, version);
    }
}
