package io.menso.gateway.proxy;

import io.menso.commons.web.ApiException;
import io.menso.gateway.keys.CallerKey;
import io.menso.gateway.routing.Route;
import io.menso.gateway.routing.RouteTable;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request on its way through the gateway, and what has become known about it. Lives on one event loop.
public final class Exchange {

    private final HttpServerRequest request;
    private final long begun = System.nanoTime();
    private @Nullable String requestId;
    private @Nullable CallerKey caller;
    private @Nullable Route route;
    private RouteTable.@Nullable Match match;
    private Runnable gone = () -> {};

    public Exchange(HttpServerRequest request) {
        this.request = request;
    }

    public HttpServerRequest request() {
        return request;
    }

    public HttpServerResponse response() {
        return request.response();
    }

    public long millis() {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    public long nanos() {
        return System.nanoTime() - begun;
    }

    /// Notes the id, which from now on every response carries.
    public void identify(String id) {
        requestId = id;
        response().putHeader("Request-Id", id);
    }

    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    public void authenticated(CallerKey key) {
        caller = key;
    }

    public Optional<CallerKey> caller() {
        return Optional.ofNullable(caller);
    }

    public void found(Optional<Route> found) {
        route = found.orElse(null);
    }

    public Optional<Route> route() {
        return Optional.ofNullable(route);
    }

    public void admitted(RouteTable.Match admitted) {
        match = admitted;
    }

    /// What the request asks for, once it is admitted.
    public RouteTable.Match match() {
        if (match == null) {
            throw new IllegalStateException("request is not admitted");
        }
        return match;
    }

    /// Has this run when the caller goes away before the response has ended.
    void whenGone(Runnable action) {
        gone = action;
    }

    /// The caller went away.
    public void leave() {
        gone.run();
    }

    boolean isHttp2() {
        return request.version() == HttpVersion.HTTP_2;
    }

    /// Length of the body as announced; -1 when it is not, 0 when there is none.
    ///
    /// @throws ApiException 400 when the announcement is no number
    long announcedLength() {
        String length = request.getHeader("Content-Length");
        if (length != null) {
            return parse(length);
        }
        boolean none = request.isEnded() || !isHttp2() && request.getHeader("Transfer-Encoding") == null;
        return none ? 0 : -1;
    }

    private static long parse(String length) {
        try {
            return Long.parseUnsignedLong(length) < 0 ? Long.MAX_VALUE : Long.parseUnsignedLong(length);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("Content-Length is not a number");
        }
    }
}
