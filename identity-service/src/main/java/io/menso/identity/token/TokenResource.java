package io.menso.identity.token;

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
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/// `/v3/users/{user}/tokens` of the Melon v3 API.
@Path("/v3/users/{user}/tokens")
@RolesAllowed(Caller.SYSTEM)
public class TokenResource {

    private final TokenService tokens;
    private final Caller caller;
    private final ObjectMapper json;

    @Inject
    TokenResource(TokenService tokens, Caller caller, ObjectMapper json) {
        this.tokens = tokens;
        this.caller = caller;
        this.json = json;
    }

    @GET
    public Uni<Response> list(@PathParam("user") String user, @Context UriInfo uri) {
        return tokens.list(caller.tenant(), user(user), Paging.of(uri)).map(page -> page.respond("tokens", uri));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    public Uni<TokenResponse> create(
            @PathParam("user") String user, byte[] body, @HeaderParam("Idempotency-Key") @Nullable String key) {
        return tokens.create(caller.tenant(), user(user), StrictJson.object(json, body), Optional.ofNullable(key));
    }

    @GET
    @Path("/{token}")
    public Uni<TokenResponse> get(@PathParam("user") String user, @PathParam("token") String token) {
        return tokens.get(caller.tenant(), user(user), token(token));
    }

    @PATCH
    @Path("/{token}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    public Uni<TokenResponse> patch(@PathParam("user") String user, @PathParam("token") String token, byte[] body) {
        return tokens.patch(caller.tenant(), user(user), token(token), StrictJson.object(json, body));
    }

    @DELETE
    @Path("/{token}")
    public Uni<Void> delete(@PathParam("user") String user, @PathParam("token") String token) {
        return tokens.delete(caller.tenant(), user(user), token(token));
    }

    private static UUID user(String text) {
        return UuidV7.parse(text, "User");
    }

    private static UUID token(String text) {
        return UuidV7.parse(text, "Token");
    }
}
