package io.menso.gateway;

import io.menso.gateway.proxy.Exchange;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/// Lets browsers of configured origins call the API; does nothing for others (decision B11).
@Singleton
public class Cors {

    private final Set<String> origins;

    @Inject
    public Cors(GatewayConfig config) {
        this.origins = Set.copyOf(config.cors().origins().orElse(List.of()));
    }

    /// Adds the headers that an allowed origin needs, and answers its preflight request.
    ///
    /// @return whether the exchange is answered
    boolean answers(Exchange exchange) {
        MultiMap headers = exchange.request().headers();
        String origin = headers.get("Origin");
        if (origin == null || !origins.contains(origin)) {
            return false;
        }
        HttpServerResponse response = exchange.response();
        response.putHeader("Access-Control-Allow-Origin", origin)
                .putHeader("Vary", "Origin")
                .putHeader(
                        "Access-Control-Expose-Headers", "Request-Id, Link, Location, Retry-After, WWW-Authenticate");
        if (!HttpMethod.OPTIONS.equals(exchange.request().method())
                || !headers.contains("Access-Control-Request-Method")) {
            return false;
        }
        response.putHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
                .putHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, Request-Id")
                .putHeader("Access-Control-Max-Age", "600")
                .setStatusCode(204)
                .end();
        return true;
    }
}
