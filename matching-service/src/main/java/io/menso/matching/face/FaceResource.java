package io.menso.matching.face;

import io.menso.commons.web.Caller;
import io.menso.commons.web.UuidV7;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// `/v3/users/{user}/face`: what is known of a user's face.
@Path("/v3/users/{user}/face")
@RolesAllowed(Caller.SYSTEM)
public class FaceResource {

    private final FaceService faces;
    private final Caller caller;

    @Inject
    public FaceResource(FaceService faces, Caller caller) {
        this.faces = faces;
        this.caller = caller;
    }

    @GET
    public Uni<FaceTimes> get(@PathParam("user") String user) {
        return faces.get(caller.tenant(), UuidV7.parse(user, "User"));
    }

    @DELETE
    public Uni<Void> delete(@PathParam("user") String user) {
        return faces.delete(caller.tenant(), UuidV7.parse(user, "User"));
    }
}
