package io.menso.identity.matching;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// Internal paths of the matching service (contracts.md).
@Path("/internal")
@RegisterRestClient(configKey = "matching")
@RegisterClientHeaders
interface MatchingRestClient {

    @PUT
    @Path("/memberships/{token}")
    Uni<Void> putMembership(@PathParam("token") UUID token, Membership membership);

    @DELETE
    @Path("/memberships/{token}")
    Uni<Void> deleteMembership(@PathParam("token") UUID token, @QueryParam("version") long version);

    @DELETE
    @Path("/users/{user}/face")
    Uni<Void> deleteFace(@PathParam("user") UUID user);
}
