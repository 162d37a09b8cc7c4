package io.menso.matching.remote;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// Internal paths of identity-service.
@Path("/internal/users")
@RegisterRestClient(configKey = "identity")
@RegisterClientHeaders
interface IdentityRestClient {

    @GET
    @Path("/{user}")
    Uni<Void> get(@PathParam("user") UUID user);
}
