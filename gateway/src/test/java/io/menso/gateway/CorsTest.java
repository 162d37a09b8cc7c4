package io.menso.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.gateway.proxy.Exchange;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CorsTest {

    private final Vertx vertx = Vertx.vertx();
    private final Cors cors = new Cors(new SmallRyeConfigBuilder()
            .withConverter(MemorySize.class, 100, new MemorySizeConverter())
            .withConverter(Duration.class, 100, new DurationConverter())
            .withMapping(GatewayConfig.class)
            .withSources(new PropertiesConfigSource(
                    Map.of(
                            "menso.gateway.signing-key-file", "/run/key.jwk",
                            "menso.gateway.cors.origins", "https://app.example"),
                    "test",
                    100))
            .build()
            .getConfigMapping(GatewayConfig.class));
    private final HttpServer server = vertx.createHttpServer()
            .requestHandler(request -> {
                if (!cors.answers(new Exchange(request))) {
                    request.response().setStatusCode(418).end();
                }
            })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private HttpResponse<Void> send(String method, String origin, boolean preflight) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort()))
                .header("Origin", origin)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (preflight) {
            request.header("Access-Control-Request-Method", "POST");
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding());
        }
    }

    @Test
    @DisplayName("B11: a configured origin may call, and its preflight is answered without a token")
    void aConfiguredOriginMayCall() throws Exception {
        HttpResponse<Void> preflight = send("OPTIONS", "https://app.example", true);
        HttpResponse<Void> call = send("GET", "https://app.example", false);

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Headers")
                        .orElseThrow())
                .contains("Authorization", "Idempotency-Key");
        assertThat(call.statusCode()).isEqualTo(418);
        assertThat(call.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://app.example");
    }

    @Test
    @DisplayName("B11: another origin gets nothing")
    void anotherOriginGetsNothing() throws Exception {
        for (String origin : new String[] {"https://app.example.evil", "http://app.example", "null", "*"}) {
            HttpResponse<Void> preflight = send("OPTIONS", origin, true);

            assertThat(preflight.statusCode()).isEqualTo(418);
            assertThat(preflight.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        }
    }
}
