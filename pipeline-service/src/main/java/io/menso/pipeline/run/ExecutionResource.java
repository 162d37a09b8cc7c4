package io.menso.pipeline.run;

import io.menso.commons.web.Caller;
import io.menso.commons.web.RequestIdFilter;
import io.menso.pipeline.calls.Origin;
import io.menso.pipeline.calls.QueryString;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/// `POST /v3/pipelines/{pipeline}`: executes a pipeline on images.
@Path("/v3/pipelines/{pipeline}")
public class ExecutionResource {

    private final ExecutionService executions;
    private final Caller caller;

    @Inject
    public ExecutionResource(ExecutionService executions, Caller caller) {
        this.executions = executions;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Caller.SYSTEM, Caller.DEVICE})
    public Uni<Response> execute(
            @PathParam("pipeline") String pipeline, @Context HttpServerRequest request, @Context UriInfo uri) {
        return executions
                .execute(origin(request), pipeline, request, QueryString.toJson(uri.getQueryParameters()))
                .map(ExecutionResource::respond);
    }

    private Origin origin(HttpServerRequest request) {
        return new Origin(
                caller.tenant(),
                Optional.ofNullable(request.getHeader("Authorization")).orElse(""),
                Optional.ofNullable(request.getHeader(RequestIdFilter.HEADER)),
                caller.device(),
                caller.gallery());
    }

    private static Response respond(ExecutionService.Result result) {
        return Response.ok(result.json(), MediaType.APPLICATION_JSON_TYPE)
                .header("Server-Timing", result.timings())
                .build();
    }
}
