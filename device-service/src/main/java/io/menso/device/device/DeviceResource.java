package io.menso.device.device;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.Caller;
import io.menso.commons.web.Paging;
import io.menso.commons.web.StrictJson;
import io.menso.commons.web.UuidV7;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.jboss.resteasy.reactive.ResponseStatus;

/// `/v3/devices` of the Melon v3 API.
@Path("/v3/devices")
@RolesAllowed(Caller.SYSTEM)
public class DeviceResource {

    private final DeviceService devices;
    private final ObjectMapper json;

    @Inject
    DeviceResource(DeviceService devices, ObjectMapper json) {
        this.devices = devices;
        this.json = json;
    }

    @GET
    public Uni<Response> list(@Context UriInfo uri) {
        Paging paging = Paging.of(uri);
        return devices.list(paging).map(page -> paging.respond("devices", page.ids(), page.total(), uri));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    public Uni<DeviceResponse> create(@HeaderParam("Idempotency-Key") Optional<String> idempotencyKey, byte[] body) {
        return devices.create(StrictJson.object(json, body), idempotencyKey);
    }

    @GET
    @Path("{device}")
    public Uni<DeviceResponse> get(@PathParam("device") String device) {
        return devices.get(UuidV7.parse(device, "Device"));
    }

    @PATCH
    @Path("{device}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    public Uni<DeviceResponse> change(@PathParam("device") String device, byte[] patch) {
        return devices.change(UuidV7.parse(device, "Device"), StrictJson.object(json, patch));
    }

    @DELETE
    @Path("{device}")
    public Uni<Void> delete(@PathParam("device") String device) {
        return devices.delete(UuidV7.parse(device, "Device"));
    }
}
