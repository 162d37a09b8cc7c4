package io.menso.inference.model;

import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The models of the API.
@Path("/v3/models")
@RolesAllowed({"system", "device"})
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class ModelResource {

    private final ModelService service;

    @Inject
    public ModelResource(ModelService service) {
        this.service = service;
    }

    @GET
    public Response list(@Context UriInfo uri) {
        return service.list(uri);
    }

    @GET
    @Path("{model}")
    public ModelDescription describe(@PathParam("model") String model) {
        return service.describe(model);
    }

    @POST
    @Path("{model}")
    @Consumes(MediaType.WILDCARD)
    public Response execute(
            @PathParam("model") String model,
            @Context UriInfo uri,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long length,
            InputStream body) {
        return service.execute(
                model, uri, contentType, length == null ? OptionalLong.empty() : OptionalLong.of(length), body);
    }
}
