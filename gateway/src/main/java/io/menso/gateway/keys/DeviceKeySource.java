package io.menso.gateway.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.ApiException;
import io.menso.gateway.GatewayConfig;
import io.menso.gateway.proxy.ServiceClients;
import io.menso.gateway.routing.Service;
import io.menso.gateway.tokens.InternalTokenIssuer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Asks device-service for a key: `GET /internal/keys/{kid}`.
@Singleton
class DeviceKeySource implements KeySource {

    private static final Logger LOG = Logger.getLogger(DeviceKeySource.class);

    private final ServiceClients clients;
    private final InternalTokenIssuer tokens;
    private final ObjectMapper json;
    private final long timeoutMillis;

    @Inject
    DeviceKeySource(ServiceClients clients, InternalTokenIssuer tokens, ObjectMapper json, GatewayConfig config) {
        this.clients = clients;
        this.tokens = tokens;
        this.json = json;
        this.timeoutMillis = config.keys().lookupTimeout().toMillis();
    }

    @Override
    public Future<Optional<CallerKey>> fetch(String kid) {
        RequestOptions options = clients.options(Service.DEVICE, HttpMethod.GET, "/internal/keys/" + kid)
                .setTimeout(timeoutMillis);
        return clients.lookups()
                .request(options)
                .compose(request -> request.putHeader("Authorization", "Bearer " + tokens.forGateway())
                        .send())
                .compose(response -> response.body().map(body -> read(kid, response, body)))
                .recover(failure -> Future.failedFuture(unavailable(kid, failure)));
    }

    private Optional<CallerKey> read(String kid, HttpClientResponse response, Buffer body) {
        return switch (response.statusCode()) {
            case 200 -> Optional.of(parse(kid, body));
            case 404 -> Optional.empty();
            default -> throw new IllegalStateException("device-service answered " + response.statusCode());
        };
    }

    private CallerKey parse(String kid, Buffer body) {
        try {
            JsonNode key = json.readTree(body.getBytes());
            if (!kid.equals(key.path("kid").textValue())) {
                throw new IllegalStateException("device-service answered with another key");
            }
            return new CallerKey(
                    kid,
                    text(key, "customer").orElseThrow(),
                    text(key, "environment").orElseThrow(),
                    text(key, "device"),
                    text(key, "gallery"),
                    Base64.getDecoder().decode(text(key, "secret").orElseThrow().getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            // The cause is left out: it quotes what it could not read.
            throw new IllegalStateException("device-service answered no JSON");
        }
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).textValue()).filter(value -> !value.isEmpty());
    }

    private static ApiException unavailable(String kid, Throwable failure) {
        LOG.warnf("key cannot be looked up: key=%s reason=%s", kid, failure.toString());
        return ApiException.unavailable("Keys cannot be checked at the moment");
    }
}
