package io.menso.pipeline.insights;

import io.menso.commons.web.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

/// `GET /v3/insights/recognitions`: what the recognitions of a customer and environment say together (extension).
@Path("/v3/insights/recognitions")
public class InsightsResource {

    private final InsightsService insights;
    private final Caller caller;

    @Inject
    InsightsResource(InsightsService insights, Caller caller) {
        this.insights = insights;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Caller.SYSTEM)
    public Uni<Insights> recognitions(@Context UriInfo uri) {
        return insights.recognitions(caller.tenant(), uri.getQueryParameters());
    }
}
