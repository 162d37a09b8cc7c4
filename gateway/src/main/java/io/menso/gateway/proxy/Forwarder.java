package io.menso.gateway.proxy;

import io.menso.commons.web.ApiException;
import io.menso.gateway.GatewayConfig;
import io.menso.gateway.authentication.HostResolver;
import io.menso.gateway.keys.KeyCache;
import io.menso.gateway.routing.BodyKind;
import io.menso.gateway.tokens.InternalTokenIssuer;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Sends admitted requests on to their service.
@Singleton
public class Forwarder {

    private static final int MAX_URI = 8192;

    private final Vertx vertx;
    private final ServiceClients clients;
    private final InternalTokenIssuer tokens;
    private final HostResolver hosts;
    private final KeyCache keys;
    private final ErrorResponder errors;
    private final Leftovers leftovers;
    private final GatewayConfig config;

    @Inject
    public Forwarder(
            Vertx vertx,
            ServiceClients clients,
            InternalTokenIssuer tokens,
            HostResolver hosts,
            KeyCache keys,
            ErrorResponder errors,
            Leftovers leftovers,
            GatewayConfig config) {
        this.vertx = vertx;
        this.clients = clients;
        this.tokens = tokens;
        this.hosts = hosts;
        this.keys = keys;
        this.errors = errors;
        this.leftovers = leftovers;
        this.config = config;
    }

    /// Sends the request and streams the answer back.
    ///
    /// @throws ApiException 400 or 413 when the request cannot be sent on as it is
    public void forward(Exchange exchange) {
        long limit = limit(exchange.match().operation().body());
        if (exchange.announcedLength() > limit) {
            throw tooLarge(limit);
        }
        checkUri(exchange.request().uri());
        new Forwarding(this, exchange, limit).start();
    }

    static ApiException tooLarge(long limit) {
        return ApiException.tooLarge("The body is larger than " + limit + " bytes");
    }

    private long limit(BodyKind kind) {
        return switch (kind) {
            case IMAGES -> config.body().total().asLongValue();
            case SOURCE -> config.body().source().asLongValue();
            case NONE, OPTIONAL, JSON, PATCH -> config.body().json().asLongValue();
        };
    }

    /// Path and query go on byte for byte, so they must be what every HTTP parser reads alike.
    private static void checkUri(String uri) {
        if (uri.length() > MAX_URI || !uri.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '#')) {
            throw ApiException.badRequest("The request target has characters that must be escaped");
        }
    }

    Vertx vertx() {
        return vertx;
    }

    ServiceClients clients() {
        return clients;
    }

    InternalTokenIssuer tokens() {
        return tokens;
    }

    HostResolver hosts() {
        return hosts;
    }

    KeyCache keys() {
        return keys;
    }

    ErrorResponder errors() {
        return errors;
    }

    Leftovers leftovers() {
        return leftovers;
    }

    long responseMillis() {
        return config.upstream().responseTimeout().toMillis();
    }
}
