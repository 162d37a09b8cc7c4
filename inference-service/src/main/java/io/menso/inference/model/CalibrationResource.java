package io.menso.inference.model;

import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// Calibration tables for the matching service.
@Path("/internal/calibrations")
@RolesAllowed({"system", "device"})
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class CalibrationResource {

    private final ModelService service;

    @Inject
    public CalibrationResource(ModelService service) {
        this.service = service;
    }

    @GET
    @Path("{revision}")
    public LoadedModels.CalibrationResponse calibration(@PathParam("revision") String revision) {
        return service.calibration(revision);
    }
}
