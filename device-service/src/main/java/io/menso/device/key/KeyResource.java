package io.menso.device.key;

import io.menso.commons.web.Caller;
import io.menso.commons.web.Paging;
import io.menso.commons.web.UuidV7;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.jboss.resteasy.reactive.ResponseStatus;

/// `/v3/devices/{device}/keys` of the Melon v3 API.
@Path("/v3/devices/{device}/keys")
@RolesAllowed(Caller.SYSTEM)
public class KeyResource {

    private final KeyService keys;

    @Inject
    KeyResource(KeyService keys) {
        this.keys = keys;
    }

    @GET
    public Uni<Response> list(@PathParam("device") String device, @Context UriInfo uri) {
        Paging paging = Paging.of(uri);
        return keys.list(UuidV7.parse(device, "Device"), paging)
                .map(page -> paging.respond("keys", page.ids(), page.total(), uri));
    }

    @POST
    @ResponseStatus(201)
    public Uni<KeyResponse> create(
            @PathParam("device") String device, @HeaderParam("Idempotency-Key") Optional<String> idempotencyKey) {
        return keys.create(UuidV7.parse(device, "Device"), idempotencyKey);
    }

    @GET
    @Path("{key}")
    public Uni<KeyResponse> get(@PathParam("device") String device, @PathParam("key") String key) {
        return keys.get(UuidV7.parse(device, "Device"), UuidV7.parse(key, "Key"));
    }

    @DELETE
    @Path("{key}")
    public Uni<Void> delete(@PathParam("device") String device, @PathParam("key") String key) {
        return keys.delete(UuidV7.parse(device, "Device"), UuidV7.parse(key, "Key"));
    }
}
