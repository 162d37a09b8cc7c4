package io.menso.gateway.authentication;

import io.menso.gateway.GatewayConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Finds out which host a request was sent to: `Host`, `:authority`, or what a trusted proxy says it was.
@Singleton
public class HostResolver {

    private final TrustedProxies proxies;

    @Inject
    public HostResolver(GatewayConfig config) {
        this.proxies = new TrustedProxies(config.trustedProxies().orElse(List.of()));
    }

    /// The host, or empty when the request names none or several.
    public Optional<RequestHost> hostOf(HttpServerRequest request) {
        return choose(direct(request), isFromProxy(request), request.headers(), request.isSSL());
    }

    static Optional<RequestHost> choose(Optional<String> direct, boolean trusted, MultiMap headers, boolean tls) {
        if (!trusted) {
            return direct.flatMap(text -> RequestHost.of(text, tls));
        }
        boolean https = last(headers, "X-Forwarded-Proto")
                .map("https"::equalsIgnoreCase)
                .orElse(tls);
        return last(headers, "X-Forwarded-Host").or(() -> direct).flatMap(text -> RequestHost.of(text, https));
    }

    private boolean isFromProxy(HttpServerRequest request) {
        SocketAddress peer = request.remoteAddress();
        return peer != null && proxies.contains(peer.hostAddress());
    }

    private static Optional<String> direct(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            HostAndPort authority = request.authority();
            return authority == null ? Optional.empty() : Optional.of(authority.toString());
        }
        List<String> hosts = request.headers().getAll("Host");
        return hosts.size() == 1 ? Optional.of(hosts.getFirst()) : Optional.empty();
    }

    /// What the proxy next to us wrote; earlier entries may come from the caller.
    private static Optional<String> last(MultiMap headers, String name) {
        List<String> values = headers.getAll(name);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String value = values.getLast();
        return Optional.of(value.substring(value.lastIndexOf(',') + 1).strip());
    }
}
