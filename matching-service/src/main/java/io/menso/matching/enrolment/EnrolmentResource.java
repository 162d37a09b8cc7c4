package io.menso.matching.enrolment;

import io.menso.commons.web.Caller;
import io.menso.commons.web.UuidV7;
import io.menso.matching.face.FaceTimes;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/// `PUT /v3/users/{user}/face`: registration by images.
@Path("/v3/users/{user}/face")
@RolesAllowed(Caller.SYSTEM)
public class EnrolmentResource {

    private final EnrolmentService enrolment;
    private final EnrolmentConfig config;
    private final Caller caller;

    @Inject
    public EnrolmentResource(EnrolmentService enrolment, EnrolmentConfig config, Caller caller) {
        this.enrolment = enrolment;
        this.config = config;
        this.caller = caller;
    }

    @PUT
    public Uni<FaceTimes> put(@PathParam("user") String user, @Context HttpServerRequest request) {
        IncomingImages images = new IncomingImages(request, config);
        return Uni.createFrom()
                .deferred(() -> enrolment.register(caller.tenant(), UuidV7.parse(user, "User"), images))
                .onFailure()
                .invoke(images::drain);
    }
}
