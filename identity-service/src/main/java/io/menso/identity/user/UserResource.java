package io.menso.identity.user;

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
import org.jspecify.annotations.Nullable;

/// `/v3/users` of the Melon v3 API.
@Path("/v3/users")
@RolesAllowed(Caller.SYSTEM)
public class UserResource {

    private final UserService users;
    private final Caller caller;
    private final ObjectMapper json;

    @Inject
    UserResource(UserService users, Caller caller, ObjectMapper json) {
        this.users = users;
        this.caller = caller;
        this.json = json;
    }

    @GET
    public Uni<Response> list(@Context UriInfo uri) {
        return users.list(caller.tenant(), Paging.of(uri)).map(page -> page.respond("users", uri));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    public Uni<UserResponse> create(byte[] body, @HeaderParam("Idempotency-Key") @Nullable String key) {
        return users.create(caller.tenant(), StrictJson.object(json, body), Optional.ofNullable(key));
    }

    @GET
    @Path("/{user}")
    public Uni<UserResponse> get(@PathParam("user") String user) {
        return users.get(caller.tenant(), UuidV7.parse(user, "User"));
    }

    @PATCH
    @Path("/{user}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    public Uni<UserResponse> patch(@PathParam("user") String user, byte[] body) {
        return users.patch(caller.tenant(), UuidV7.parse(user, "User"), StrictJson.object(json, body));
    }

    @DELETE
    @Path("/{user}")
    public Uni<Void> delete(@PathParam("user") String user) {
        return users.delete(caller.tenant(), UuidV7.parse(user, "User"));
    }
}
