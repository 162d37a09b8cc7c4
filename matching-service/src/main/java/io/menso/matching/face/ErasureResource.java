package io.menso.matching.face;

import io.menso.commons.web.Caller;
import io.menso.commons.web.UuidV7;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// `/internal/users/{user}/face`: identity-service deletes a user.
@Path("/internal/users/{user}/face")
@RolesAllowed(Caller.SYSTEM)
public class ErasureResource {

    private final FaceService faces;
    private final Caller caller;

    @Inject
    public ErasureResource(FaceService faces, Caller caller) {
        this.faces = faces;
        this.caller = caller;
    }

    @DELETE
    public Uni<Void> erase(@PathParam("user") String user) {
        return faces.erase(caller.tenant(), UuidV7.parse(user, "User"));
    }
}
