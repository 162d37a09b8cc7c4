package io.menso.gateway.proxy;

import io.menso.gateway.GatewayConfig;
import io.menso.gateway.routing.Service;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Pooled HTTP/1.1 connections to the services. Key look-ups have a pool of their own, so that uploads that fill the
/// other one cannot stop authentication.
@Singleton
public class ServiceClients {

    private static final int KEEP_ALIVE_SECONDS = 30;

    private final Map<Service, URI> addresses;
    private final HttpClient proxied;
    private final HttpClient lookups;
    private final long connectMillis;

    @Inject
    public ServiceClients(
            Vertx vertx,
            GatewayConfig config,
            @ConfigProperty(name = "menso.identity.url") URI identity,
            @ConfigProperty(name = "menso.device.url") URI device,
            @ConfigProperty(name = "menso.inference.url") URI inference,
            @ConfigProperty(name = "menso.pipeline.url") URI pipeline,
            @ConfigProperty(name = "menso.matching.url") URI matching) {
        this.addresses = new EnumMap<>(Map.of(
                Service.IDENTITY, identity,
                Service.DEVICE, device,
                Service.INFERENCE, inference,
                Service.PIPELINE, pipeline,
                Service.MATCHING, matching));
        this.connectMillis = config.upstream().connectTimeout().toMillis();
        this.proxied = client(vertx, config.upstream(), config.upstream().connections());
        this.lookups = client(vertx, config.upstream(), config.keys().maxKnownLookups());
    }

    /// The client for callers' requests.
    HttpClient proxied() {
        return proxied;
    }

    /// The client for key look-ups.
    public HttpClient lookups() {
        return lookups;
    }

    /// A request to a service, still without headers.
    ///
    /// @param uri path and query, already checked
    public RequestOptions options(Service service, HttpMethod method, String uri) {
        URI address = Objects.requireNonNull(addresses.get(service));
        boolean tls = "https".equals(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : tls ? 443 : 80;
        return new RequestOptions()
                .setHost(address.getHost())
                .setPort(port)
                .setSsl(tls)
                .setMethod(method)
                .setURI(uri)
                .setConnectTimeout(connectMillis);
    }

    private static HttpClient client(Vertx vertx, GatewayConfig.Upstream config, int connections) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                // A connection on which nothing moves for longer than any answer may take is dead.
                .setIdleTimeout((int) config.responseTimeout().plusSeconds(15).toSeconds())
                .setMaxHeaderSize(32 * 1024)
                .setDecompressionSupported(false);
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(config.waiting());
        return vertx.createHttpClient(options, pool);
    }
}
