package io.menso.matching.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.ApiException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpServer;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Against a real HTTP server that stands for inference-service.
class HttpInferenceClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<String> seen = new AtomicReference<>("");
    private final AtomicLong received = new AtomicLong();
    private volatile int status = 200;
    private volatile String body = "{\"embedding\":{\"revision\":\"r\",\"dimension\":1,\"vector\":\"AACAPw==\"}}";
    private HttpServer server = vertx.createHttpServer();

    @BeforeEach
    void start() {
        server = vertx.createHttpServer();
        server.getDelegate().requestHandler(this::answer);
        server = server.listen(0, "localhost").await().atMost(PATIENCE);
    }

    @AfterEach
    void stop() {
        vertx.close().await().atMost(PATIENCE);
    }

    private void answer(HttpServerRequest request) {
        seen.set(request.method() + " " + request.uri() + " " + request.getHeader("Authorization") + " "
                + request.getHeader("Request-Id") + " " + request.getHeader("Content-Type"));
        request.handler(buffer -> received.addAndGet(buffer.length()));
        request.endHandler(_ -> request.response()
                .setStatusCode(status)
                .putHeader("Retry-After", "7")
                .end(body));
    }

    private HttpInferenceClient client(int port, InferenceRestClient rest) {
        InferenceConfig config = new InferenceConfig() {
            @Override
            public String url() {
                return "http://localhost:" + port;
            }

            @Override
            public Duration idleTimeout() {
                return Duration.ofMillis(500);
            }

            @Override
            public Duration connectTimeout() {
                return Duration.ofMillis(500);
            }
        };
        return new HttpInferenceClient(rest, config, new ObjectMapper(), vertx);
    }

    private HttpInferenceClient client() {
        return client(server.actualPort(), _ -> Uni.createFrom().nothing());
    }

    private static Upload upload(Multi<Buffer> body) {
        return new Upload(
                Map.of(
                        "Content-Type", "multipart/form-data; boundary=x",
                        "Authorization", "Bearer t",
                        "Request-Id", "id-1"),
                body);
    }

    private static Upload small() {
        return upload(Multi.createFrom().item(Buffer.buffer("hello")));
    }

    private static ApiException failure(Uni<?> call) {
        try {
            call.await().atMost(PATIENCE);
        } catch (ApiException e) {
            return e;
        }
        throw new AssertionError("it succeeded");
    }

    @Test
    void streamsTheBodyWithItsHeadersAndReadsTheEmbedding() {
        Multi<Buffer> megabytes = Multi.createFrom().range(0, 320).map(_ -> Buffer.buffer(new byte[100_000]));

        EncodedEmbedding embedding =
                client().register(upload(megabytes)).await().atMost(PATIENCE);

        assertThat(embedding).isEqualTo(new EncodedEmbedding("r", "AACAPw=="));
        assertThat(received.get()).isEqualTo(32_000_000);
        assertThat(seen.get())
                .isEqualTo("POST /v3/models/face_analysis?checks=registration Bearer t id-1"
                        + " multipart/form-data; boundary=x");
    }

    @Test
    @DisplayName("D8: the service's own refusals keep status, error and reason")
    void passesErrorsOn() {
        body = "{\"error\":\"BAD_QUALITY\",\"reason\":\"Too dark\"}";
        for (int code : List.of(400, 413, 422, 503)) {
            status = code;
            ApiException e = failure(client().register(small()));
            assertThat(e.status()).isEqualTo(code);
            assertThat(e.body().error()).isEqualTo("BAD_QUALITY");
            assertThat(e.body().reason()).isEqualTo("Too dark");
            assertThat(e.headers()).containsEntry("Retry-After", "7");
        }
    }

    @Test
    @DisplayName("B13: any other answer is 503")
    void otherAnswers() {
        body = "{\"error\":\"INTERNAL\",\"reason\":\"secret\"}";
        for (int code : List.of(401, 404, 500, 502)) {
            status = code;
            assertThat(failure(client().register(small())).status()).isEqualTo(503);
        }
        status = 200;
        for (String rubbish : List.of("{}", "no JSON", "", "[]", "{\"embedding\":null}")) {
            body = rubbish;
            assertThat(failure(client().register(small())).status()).isEqualTo(503);
        }
    }

    @Test
    @DisplayName("B13: a service that is away or silent is 503")
    void away() {
        int port = server.actualPort();
        Upload stuck = upload(Multi.createFrom().nothing());
        assertThat(failure(client().register(stuck)).status()).isEqualTo(503);
        server.close().await().atMost(PATIENCE);
        assertThat(failure(client(port, _ -> Uni.createFrom().nothing()).register(small()))
                        .status())
                .isEqualTo(503);
    }

    @Test
    void tellsAnUnknownRevisionFromAServiceThatIsAway() {
        InferenceRestClient unknown = _ -> Uni.createFrom().failure(new WebApplicationException(404));
        InferenceRestClient away = _ -> Uni.createFrom().failure(new WebApplicationException(500));

        assertThat(client(1, unknown).calibration("x").await().atMost(PATIENCE)).isEmpty();
        assertThatThrownBy(() -> client(1, away).calibration("x").await().atMost(PATIENCE))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(503));
    }
}
