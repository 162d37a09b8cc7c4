package io.menso.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(GatewayServers.class)
class ContentResourceTest {

    private static final String ID = "0190ed33-2084-76c8-8222-142040abd5f7";
    private static final String MULTIPART = "multipart/form-data; boundary=XXX";

    private final World world = new World();
    private final World.Key key = world.systemKey();

    private static String error(HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("error");
    }

    @ParameterizedTest
    @DisplayName("B3, B10: a wrong or missing Content-Type is 400 BAD_REQUEST, never 415")
    @CsvSource({
        "POST, /v3/users, text/plain, 400",
        "POST, /v3/users, , 400",
        "POST, /v3/users, application/json, 200",
        "PATCH, /v3/users/ID, application/json, 200",
        "PATCH, /v3/users/ID, application/merge-patch+json, 200",
        "PATCH, /v3/users/ID, text/plain, 400",
        "PUT, /v3/users/ID/face, image/jpeg, 400",
        "PUT, /v3/users/ID/face, multipart/form-data; boundary=x, 200",
        "POST, /v3/pipelines, application/json, 400",
        "POST, /v3/pipelines, text/javascript; charset=utf-8, 200",
        "PUT, /v3/pipelines/ID, application/javascript, 200",
        "POST, /v3/pipelines/identify, application/json, 400",
        "POST, /v3/devices/ID/keys, , 200",
        "POST, /v3/devices/ID/keys, application/json, 200",
        "POST, /v3/models/m, , 400"
    })
    void contentTypesAreChecked(String method, String path, String type, int status) {
        HttpRequest.Builder request =
                world.request(path.replace("ID", ID), key).method(method, BodyPublishers.ofString("{}"));

        HttpResponse<String> response = world.send(type == null ? request : request.header("Content-Type", type));

        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 400) {
            assertThat(error(response)).isEqualTo("BAD_REQUEST");
        }
    }

    @ParameterizedTest
    @DisplayName("B3: a body over the limit of its kind is 413 BAD_CONTENT, announced or not")
    @CsvSource({
        "/v3/users, application/json, 262144, 200", "/v3/users, application/json, 262145, 413",
        "/v3/pipelines, text/javascript, 131072, 200", "/v3/pipelines, text/javascript, 131073, 413"
    })
    void bodiesAreLimited(String path, String type, int size, int status) {
        byte[] body = new byte[size];
        for (boolean announced : new boolean[] {true, false}) {
            HttpResponse<String> response = world.send(world.request(path, key)
                    .header("Content-Type", type)
                    .header("Request-Id", "limit")
                    .POST(
                            announced
                                    ? BodyPublishers.ofByteArray(body)
                                    : BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))));

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.headers().firstValue("Request-Id")).hasValue("limit");
            if (status == 413) {
                assertThat(error(response)).isEqualTo("BAD_CONTENT");
            }
        }
    }

    @Test
    @DisplayName("B3, B12: more than 128 MiB are refused from the announcement, before a byte is sent")
    void hugeBodiesAreRefusedFromTheAnnouncement() {
        String response = world.raw(
                key,
                "POST /v3/models/m HTTP/1.1",
                "Host: HOST",
                "Authorization: AUTH",
                "Content-Type: " + MULTIPART,
                "Expect: 100-continue",
                "Content-Length: 134217729");

        assertThat(response).startsWith("HTTP/1.1 413 ").contains("BAD_CONTENT").doesNotContain("100 Continue");
    }

    @Test
    @DisplayName("B12: more than 128 MiB that were not announced are refused while they stream")
    void hugeBodiesAreRefusedWhileTheyStream() {
        byte[] block = new byte[1 << 20];
        HttpResponse<String> response = world.send(world.request("/v3/models/m", key)
                .header("Content-Type", MULTIPART)
                .POST(BodyPublishers.ofByteArrays(() ->
                        java.util.stream.Stream.generate(() -> block).limit(130).iterator())));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(error(response)).isEqualTo("BAD_CONTENT");
        await().atMost(Duration.ofSeconds(5)).until(() -> world.seen().contains("BROKEN /v3/models/m"));
    }

    @Test
    @DisplayName("large bodies stream through unchanged, announced and chunked")
    void largeBodiesStreamThrough() throws Exception {
        byte[] body = new byte[24 << 20];
        new Random(1).nextBytes(body);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        for (boolean announced : new boolean[] {true, false}) {
            HttpResponse<String> response = world.send(world.request("/v3/models/m?x=1", key)
                    .header("Content-Type", MULTIPART)
                    .expectContinue(announced)
                    .POST(
                            announced
                                    ? BodyPublishers.ofByteArray(body)
                                    : BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(new JsonObject(response.body()).getString("sha256")).isEqualTo(digest);
        }
    }

    @Test
    @DisplayName("large answers stream through, also to a slow reader")
    void largeAnswersStreamThrough() throws Exception {
        HttpResponse<InputStream> response = world.client.send(
                world.request("/v3/models?behave=large", key).build(), HttpResponse.BodyHandlers.ofInputStream());

        long length = 0;
        try (InputStream in = response.body()) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                length += n;
            }
        }
        assertThat(length).isEqualTo(64L << 20);
    }

    @Test
    @DisplayName("a small body sent along with a refused request leaves the connection usable")
    void theConnectionStaysUsable() throws IOException {
        String bearer = world.bearer(key);
        String refused = "POST /v3/nothing HTTP/1.1\r\nHost: " + world.host() + "\r\nAuthorization: " + bearer
                + "\r\nContent-Length: 5\r\n\r\nhello";
        String good = "GET /v3/users HTTP/1.1\r\nHost: " + world.host() + "\r\nAuthorization: " + bearer
                + "\r\nConnection: close\r\n\r\n";

        String both = world.raw(refused + good);

        assertThat(both).startsWith("HTTP/1.1 404 ").contains("HTTP/1.1 200 ");
    }

    @Test
    @DisplayName("a body sent with GET or DELETE is not passed on and does no harm")
    void bodiesOfReadsAreDropped() {
        HttpResponse<String> response =
                world.send(world.request("/v3/users/" + ID, key).method("DELETE", BodyPublishers.ofString("hello")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(response.body()).getInteger("length")).isZero();
    }

    @ParameterizedTest
    @DisplayName("B13: a service that is away, silent or dying is 503 with Retry-After")
    @CsvSource({"POST, die", "GET, die", "GET, silent", "POST, silent", "GET, bodyless-503"})
    void aServiceThatIsAwayIs503(String method, String behave) {
        HttpRequest.Builder request = world.request("/v3/users?behave=" + behave, key)
                .header("Request-Id", "b13")
                .header("Content-Type", "application/json")
                .method(method, method.equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());

        HttpResponse<String> response = world.send(request);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(response.headers().firstValue("Request-Id")).hasValue("b13");
        assertThat(new JsonObject(response.body()).getString("reason")).isNotEmpty();
    }

    @Test
    @DisplayName("a GET is repeated once when the connection breaks, a POST never")
    void onlyReadsAreRepeated() {
        String read = "/v3/users?behave=die&n=" + UUID.randomUUID();
        String write = "/v3/users?behave=die&n=" + UUID.randomUUID();

        world.send(world.request(read, key));
        world.send(world.request(write, key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(world.seen().lines().filter(("GET " + read)::equals)).hasSize(2);
        assertThat(world.seen().lines().filter(("POST " + write)::equals)).hasSize(1);
    }

    @Test
    @DisplayName("a GET that met a closing connection succeeds on the second try")
    void aReadSucceedsOnTheSecondTry() {
        HttpResponse<String> response =
                world.send(world.request("/v3/users?behave=die-once&n=" + UUID.randomUUID(), key));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("an answer that breaks off breaks off for the caller too")
    void aBrokenAnswerBreaksOff() {
        assertThatThrownBy(() -> world.send(world.request("/v3/users?behave=die-mid-answer", key)))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    @DisplayName("B3, B8: errors without the API's body are told in the API's words, others pass unchanged")
    void foreignErrorsAreTranslated() {
        HttpResponse<String> unsupported = world.send(world.request("/v3/users?behave=empty-415", key));
        HttpResponse<String> internal = world.send(world.request("/v3/users?behave=html-500", key));
        HttpResponse<String> face = world.send(world.request("/v3/users?behave=moved", key));

        assertThat(unsupported.statusCode()).isEqualTo(400);
        assertThat(error(unsupported)).isEqualTo("BAD_REQUEST");
        assertThat(internal.statusCode()).isEqualTo(500);
        assertThat(internal.body()).contains("reason").doesNotContain("Secret");
        assertThat(face.statusCode()).isEqualTo(422);
        assertThat(face.body()).isEqualTo("{\"error\":\"MOVE_LEFT\",\"reason\":\"x\"}");
    }

    @Test
    @DisplayName("B9: an invalid Request-Id is 400 without echo, before authentication")
    void anInvalidRequestIdIs400() {
        HttpResponse<String> response = world.send(world.request("/v3/users").header("Request-Id", "a b"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).isEqualTo("BAD_REQUEST");
        assertThat(response.headers().firstValue("Request-Id")).isEmpty();
    }

    @Test
    @DisplayName("B9: a Request-Id is echoed on every kind of response")
    void aRequestIdIsEchoedEverywhere() {
        String id = "!~{}\"\\;=,a".repeat(10);
        for (String path : new String[] {"/v3/users", "/v3/nothing", "/docs", "/v3/users?behave=html-500"}) {
            HttpResponse<String> response = world.send(world.request(path, key).header("Request-Id", id));
            assertThat(response.headers().allValues("Request-Id")).containsExactly(id);
        }
        assertThat(world.send(world.request("/v3/users").header("Request-Id", id))
                        .headers()
                        .firstValue("Request-Id"))
                .hasValue(id);
        String made = world.send(world.request("/v3/users", key))
                .headers()
                .firstValue("Request-Id")
                .orElseThrow();
        assertThat(UUID.fromString(made).version()).isEqualTo(7);
    }

    @Test
    @DisplayName("a caller that leaves in the middle of an upload takes the request to the service with it")
    void aCallerThatLeavesEndsTheRequest() throws IOException {
        String path = "/v3/models/leaver-" + UUID.randomUUID();
        try (Socket socket = new Socket(world.gateway.getHost(), world.gateway.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + " HTTP/1.1\r\nHost: " + world.host() + "\r\nAuthorization: " + world.bearer(key)
                            + "\r\nContent-Type: " + MULTIPART + "\r\nContent-Length: 1000\r\n\r\nhello")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            await().atMost(Duration.ofSeconds(5)).until(() -> world.seen().contains("POST " + path));
        }

        await().atMost(Duration.ofSeconds(5)).until(() -> world.seen().contains("BROKEN " + path));
    }

    @Test
    @DisplayName("many requests at once are answered, each with its own answer")
    void manyAtOnceAreAnswered() {
        CompletableFuture<?>[] all = new CompletableFuture<?>[80];
        for (int i = 0; i < all.length; i++) {
            String uri = "/v3/users?page=" + (i + 1);
            all[i] = world.client
                    .sendAsync(world.request(uri, key).build(), HttpResponse.BodyHandlers.ofString())
                    .thenAccept(response -> assertThat(new JsonObject(response.body()).getString("uri"))
                            .isEqualTo(uri));
        }
        CompletableFuture.allOf(all).join();
    }
}
