package io.menso.device.device;

import com.fasterxml.jackson.databind.JsonNode;
import io.menso.commons.web.Caller;
import io.menso.commons.web.Paging;
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
import org.jspecify.annotations.Nullable;

/// `/v3/devices` of the Melon v3 API.
@Path("/v3/devices")
@RolesAllowed(Caller.SYSTEM)
public class DeviceResource {

    private final DeviceService devices;

    @Inject
    DeviceResource(DeviceService devices) {
        this.devices = devices;
    }

    @GET
    public Uni<Response> list(@Context UriInfo uri) {
        Paging paging = Paging.of(uri);
        return devices.list(paging).map(page -> paging.respond("devices", page.ids(), page.total(), uri));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    public Uni<DeviceResponse> create(
            @HeaderParam("Idempotency-Key") Optional<String> idempotencyKey, @Nullable JsonNode body) {
        return devices.create(body, idempotencyKey);
    }

    @GET
    @Path("{device}")
    public Uni<DeviceResponse> get(@PathParam("device") String device) {
        return devices.get(UuidV7.parse(device, "Device"));
    }

    @PATCH
    @Path("{device}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    public Uni<DeviceResponse> change(@PathParam("device") String device, @Nullable JsonNode patch) {
        return devices.change(UuidV7.parse(device, "Device"), patch);
    }

    @DELETE
    @Path("{device}")
    public Uni<Void> delete(@PathParam("device") String device) {
        return devices.delete(UuidV7.parse(device, "Device"));
    }
}
