package io.menso.matching.membership;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Caller;
import io.menso.commons.web.UuidV7;
import io.menso.matching.runtime.Body;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/// `/internal/memberships/{token}`: identity-service writes tokens through.
@Path("/internal/memberships/{token}")
@RolesAllowed(Caller.SYSTEM)
public class MembershipResource {

    private final MembershipService memberships;
    private final Caller caller;

    @Inject
    public MembershipResource(MembershipService memberships, Caller caller) {
        this.memberships = memberships;
        this.caller = caller;
    }

    @PUT
    public Uni<Void> put(@PathParam("token") String token, @Nullable MembershipRequest body) {
        return memberships.put(caller.tenant(), UuidV7.parse(token, "Token"), Body.require(body));
    }

    @DELETE
    public Uni<Void> delete(@PathParam("token") String token, @QueryParam("version") @Nullable String version) {
        return memberships.delete(caller.tenant(), UuidV7.parse(token, "Token"), parse(version));
    }

    private static long parse(@Nullable String version) {
        if (version == null || !version.matches("[0-9]{1,18}")) {
            throw ApiException.badRequest("version must be a number");
        }
        return Long.parseLong(version);
    }
}
