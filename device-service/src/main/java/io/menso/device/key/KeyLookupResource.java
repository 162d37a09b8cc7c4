package io.menso.device.key;

import io.menso.commons.web.Caller;
import io.menso.commons.web.UuidV7;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// `/internal/keys` for the gateway.
@Path("/internal/keys")
@RolesAllowed(Caller.GATEWAY)
public class KeyLookupResource {

    private final KeyLookup keys;

    @Inject
    KeyLookupResource(KeyLookup keys) {
        this.keys = keys;
    }

    @GET
    @Path("{kid}")
    public Uni<LookupResponse> find(@PathParam("kid") String kid) {
        return keys.find(UuidV7.parse(kid, "Key"));
    }
}
