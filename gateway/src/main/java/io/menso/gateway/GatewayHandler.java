package io.menso.gateway;

import io.menso.gateway.authentication.Authenticator;
import io.menso.gateway.docs.DocsHandler;
import io.menso.gateway.keys.CallerKey;
import io.menso.gateway.limits.RateLimiter;
import io.menso.gateway.observation.RequestObserver;
import io.menso.gateway.proxy.ErrorResponder;
import io.menso.gateway.proxy.Exchange;
import io.menso.gateway.proxy.Forwarder;
import io.menso.gateway.routing.RequestIds;
import io.menso.gateway.routing.Route;
import io.menso.gateway.routing.RouteTable;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.MDC;

/// What every request passes, in this order: request id, documents and CORS, authentication, rate limit, routing,
/// content rules, forwarding (decision B1: authentication comes before anything that tells what exists).
///
/// All beans behind it are singletons rather than application scoped: they are made at the start, not by the first
/// request on its event loop, and a missing key file stops the start.
@Singleton
public class GatewayHandler {

    /// Before everything that Quarkus itself puts on the public port.
    private static final int FIRST = -10_000;

    private final RequestIds requestIds;
    private final Cors cors;
    private final DocsHandler docs;
    private final Authenticator authenticator;
    private final RateLimiter limiter;
    private final Forwarder forwarder;
    private final ErrorResponder errors;
    private final RequestObserver observer;

    @Inject
    public GatewayHandler(
            RequestIds requestIds,
            Cors cors,
            DocsHandler docs,
            Authenticator authenticator,
            RateLimiter limiter,
            Forwarder forwarder,
            ErrorResponder errors,
            RequestObserver observer) {
        this.requestIds = requestIds;
        this.cors = cors;
        this.docs = docs;
        this.authenticator = authenticator;
        this.limiter = limiter;
        this.forwarder = forwarder;
        this.errors = errors;
        this.observer = observer;
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.pause();
        Exchange exchange = new Exchange(request);
        context.addEndHandler(end -> finish(exchange, end.succeeded()));
        try {
            receive(exchange);
        } catch (RuntimeException e) {
            errors.respond(exchange, e);
        }
    }

    private void finish(Exchange exchange, boolean completed) {
        if (!completed) {
            exchange.leave();
        }
        observer.finished(exchange, completed);
    }

    private void receive(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        String id = requestIds.choose(request.headers().getAll("Request-Id"));
        exchange.identify(id);
        MDC.put("requestId", id);
        if (cors.answers(exchange) || docs.answers(exchange)) {
            return;
        }
        authenticator
                .authenticate(request)
                .onSuccess(key -> admit(exchange, key))
                .onFailure(failure -> errors.respond(exchange, failure));
    }

    private void admit(Exchange exchange, CallerKey key) {
        try {
            if (exchange.response().closed()) {
                return;
            }
            HttpServerRequest request = exchange.request();
            exchange.authenticated(key);
            String path = String.valueOf(request.path());
            Optional<Route> route = RouteTable.find(path);
            exchange.found(route);
            limiter.count(key.kid());
            RouteTable.Match match = RouteTable.admit(route, request.method(), path, key);
            match.operation().body().check(request.headers());
            exchange.admitted(match);
            forwarder.forward(exchange);
        } catch (RuntimeException e) {
            errors.respond(exchange, e);
        }
    }
}
