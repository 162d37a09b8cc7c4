package io.menso.identity.user;

import io.menso.commons.web.Tenant;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/// What goes away with its user.
public interface UserOwned {

    /// Runs inside the transaction that deletes the user, whose row is locked.
    Uni<Void> deleteAllOf(Tenant tenant, UUID user);
}
