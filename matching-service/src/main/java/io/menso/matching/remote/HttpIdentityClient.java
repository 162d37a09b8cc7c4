package io.menso.matching.remote;

import io.menso.commons.web.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// Asks identity-service over HTTP.
@ApplicationScoped
class HttpIdentityClient implements IdentityClient {

    private final IdentityRestClient http;

    @Inject
    HttpIdentityClient(@RestClient IdentityRestClient http) {
        this.http = http;
    }

    @Override
    public Uni<Boolean> exists(UUID user) {
        return http.get(user)
                .replaceWith(true)
                .onFailure(HttpIdentityClient::isNotFound)
                .recoverWithItem(false)
                .onFailure()
                .transform(_ -> ApiException.unavailable("Users cannot be looked up at the moment"));
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof WebApplicationException web
                && web.getResponse().getStatus() == 404;
    }
}
