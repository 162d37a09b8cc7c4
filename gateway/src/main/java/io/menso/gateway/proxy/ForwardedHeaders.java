package io.menso.gateway.proxy;

import io.menso.commons.web.ApiException;
import io.menso.gateway.authentication.RequestHost;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which headers pass the gateway. From callers only what is listed, so that none can pose as internal; from services
/// everything but what belongs to the connection or tells of the inside.
final class ForwardedHeaders {

    private static final List<String> FROM_CALLERS = List.of(
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "If-Modified-Since",
            "User-Agent",
            "traceparent",
            "tracestate");

    private static final Set<String> NOT_FROM_SERVICES = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "server",
            "via",
            "x-powered-by",
            "request-id");

    private ForwardedHeaders() {}

    /// Copies the caller's headers and adds the original host, from which services build absolute links.
    static void copy(MultiMap from, HttpClientRequest to, RequestHost host) {
        for (String name : FROM_CALLERS) {
            List<String> values = from.getAll(name);
            if (values.size() == 1) {
                to.putHeader(name, values.getFirst());
            } else if (values.size() > 1) {
                throw ApiException.badRequest(name + " is given more than once");
            }
        }
        to.putHeader("Host", host.text());
        to.putHeader("X-Forwarded-Host", host.text());
        to.putHeader("X-Forwarded-Proto", host.https() ? "https" : "http");
    }

    /// Copies status and headers of a service's response.
    static void copy(HttpClientResponse from, HttpServerResponse to) {
        to.setStatusCode(from.statusCode());
        Set<String> connection = listed(from.headers());
        for (Map.Entry<String, String> header : from.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!NOT_FROM_SERVICES.contains(name) && !connection.contains(name)) {
                to.headers().add(header.getKey(), header.getValue());
            }
        }
    }

    /// Names that `Connection` declares to be of this connection only.
    private static Set<String> listed(MultiMap headers) {
        List<String> values = headers.getAll("Connection");
        if (values.isEmpty()) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (String value : values) {
            for (String name : value.split(",", -1)) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
