package io.menso.matching.remote;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// Internal paths of inference-service.
@Path("/internal/calibrations")
@RegisterRestClient(configKey = "inference")
@RegisterClientHeaders
interface InferenceRestClient {

    @GET
    @Path("/{revision}")
    Uni<CalibrationTable> calibration(@PathParam("revision") String revision);
}
