package io.menso.identity.user;

import io.menso.commons.web.Caller;
import io.menso.commons.web.UuidV7;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// Tells other services whether a user exists: 204 or 404.
@Path("/internal/users/{user}")
@RolesAllowed({Caller.SYSTEM, Caller.DEVICE})
public class InternalUserResource {

    private final UserService users;
    private final Caller caller;

    @Inject
    InternalUserResource(UserService users, Caller caller) {
        this.users = users;
        this.caller = caller;
    }

    @GET
    public Uni<Void> exists(@PathParam("user") String user) {
        return users.get(caller.tenant(), UuidV7.parse(user, "User")).replaceWithVoid();
    }
}
