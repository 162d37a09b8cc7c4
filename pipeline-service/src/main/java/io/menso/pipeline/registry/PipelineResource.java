package io.menso.pipeline.registry;

import io.menso.commons.web.Caller;
import io.menso.commons.web.Paging;
import io.menso.commons.web.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/// `/v3/pipelines`: the customer's pipelines.
@Path("/v3/pipelines")
@RolesAllowed(Caller.SYSTEM)
public class PipelineResource {

    private static final String JAVASCRIPT = "text/javascript;charset=UTF-8";

    private final PipelineService pipelines;
    private final SourceBody bodies;
    private final Caller caller;

    @Inject
    public PipelineResource(PipelineService pipelines, SourceBody bodies, Caller caller) {
        this.pipelines = pipelines;
        this.bodies = bodies;
        this.caller = caller;
    }

    @GET
    public Uni<Response> list(@Context UriInfo uri) {
        Paging paging = Paging.of(uri);
        return pipelines
                .list(caller.tenant(), paging)
                .map(found -> paging.respond("pipelines", found.ids(), found.total(), uri));
    }

    @POST
    public Uni<Response> create(@Context HttpServerRequest request) {
        Tenant tenant = caller.tenant();
        return bodies.read(request)
                .chain(source -> pipelines.check(tenant, source))
                .chain(source -> pipelines.create(tenant, source))
                .map(created ->
                        Response.status(Response.Status.CREATED).entity(created).build());
    }

    @GET
    @Path("{pipeline}")
    @Produces(JAVASCRIPT)
    public Uni<String> get(@PathParam("pipeline") String pipeline) {
        return pipelines.source(caller.tenant(), pipeline);
    }

    @PUT
    @Path("{pipeline}")
    public Uni<PipelineResponse> replace(@PathParam("pipeline") String pipeline, @Context HttpServerRequest request) {
        Tenant tenant = caller.tenant();
        return pipelines
                .requireChangeable(tenant, pipeline)
                .onFailure()
                .invoke(() -> request.resume())
                .chain(() -> bodies.read(request))
                .chain(source -> pipelines.check(tenant, source))
                .chain(source -> pipelines.replace(tenant, pipeline, source));
    }

    @DELETE
    @Path("{pipeline}")
    public Uni<Void> delete(@PathParam("pipeline") String pipeline) {
        return pipelines.delete(caller.tenant(), pipeline);
    }
}
