package io.menso.matching.search;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Caller;
import io.menso.matching.membership.Requester;
import io.menso.matching.runtime.Body;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/v3/faces`: what pipelines ask.
@Path("/v3/faces")
@RolesAllowed({Caller.SYSTEM, Caller.DEVICE})
public class SearchResource {

    private final SearchService search;
    private final VerifyService verification;
    private final AccessService access;
    private final Caller caller;

    @Inject
    public SearchResource(SearchService search, VerifyService verification, AccessService access, Caller caller) {
        this.search = search;
        this.verification = verification;
        this.access = access;
        this.caller = caller;
    }

    @GET
    @Path("/access")
    public Uni<Map<String, String>> access(@Context UriInfo uri) {
        return access.check(Requester.of(caller), one(uri, "purpose"), parameters(uri))
                .replaceWith(Map.of());
    }

    @POST
    @Path("/search")
    public Uni<Response> search(@Nullable SearchRequest body) {
        return search.search(Requester.of(caller), Body.require(body)).map(SearchResource::respond);
    }

    @POST
    @Path("/verify")
    public Uni<VerifyResponse> verify(@Nullable VerifyRequest body) {
        return verification.verify(Requester.of(caller), Body.require(body));
    }

    private static AccessService.Parameters parameters(UriInfo uri) {
        return new AccessService.Parameters(
                one(uri, "user_id"), one(uri, "limit"), one(uri, "threshold"), one(uri, "gallery"));
    }

    private static @Nullable String one(UriInfo uri, String name) {
        List<String> values = uri.getQueryParameters().getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw ApiException.badRequest(name + " must be given once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static Response respond(SearchService.Result result) {
        String millis = String.format(Locale.ROOT, "%.3f", result.nanos() / 1e6);
        return Response.ok(result.response())
                .header("Server-Timing", "search;dur=" + millis)
                .build();
    }
}
