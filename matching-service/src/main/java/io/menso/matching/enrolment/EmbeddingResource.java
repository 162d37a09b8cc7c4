package io.menso.matching.enrolment;

import io.menso.commons.web.Caller;
import io.menso.matching.face.FaceTimes;
import io.menso.matching.membership.Requester;
import io.menso.matching.runtime.Body;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.jspecify.annotations.Nullable;

/// `PUT /v3/faces`: a pipeline enrolls an embedding.
@Path("/v3/faces")
@RolesAllowed({Caller.SYSTEM, Caller.DEVICE})
public class EmbeddingResource {

    private final EnrolmentService enrolment;
    private final Caller caller;

    @Inject
    public EmbeddingResource(EnrolmentService enrolment, Caller caller) {
        this.enrolment = enrolment;
        this.caller = caller;
    }

    @PUT
    public Uni<FaceTimes> put(@Nullable EnrollRequest body) {
        return enrolment.enroll(Requester.of(caller), Body.require(body));
    }
}
