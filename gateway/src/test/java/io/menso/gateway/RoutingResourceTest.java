package io.menso.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(GatewayServers.class)
class RoutingResourceTest {

    private static final String ID = "0190ed33-2084-76c8-8222-142040abd5f7";

    private final World world = new World();
    private final World.Key key = world.systemKey();

    @Test
    @DisplayName("a request reaches its service with an internal token and nothing of the caller's own")
    void aRequestReachesItsService() {
        HttpResponse<String> response = world.send(world.request("/v3/users?page=2&per_page=7", key)
                .header("Accept", "image/png")
                .header("X-Internal-Groups", "operator")
                .header("X-Forwarded-Host", "evil.example")
                .header("Idempotency-Key", "k1"));

        assertThat(response.statusCode()).isEqualTo(200);
        JsonObject received = new JsonObject(response.body());
        assertThat(received.getString("uri")).isEqualTo("/v3/users?page=2&per_page=7");
        JsonObject headers = received.getJsonObject("headers");
        assertThat(headers.getString("authorization")).isNotEqualTo(world.bearer(key));
        assertThat(headers.getString("idempotency-key")).isEqualTo("k1");
        assertThat(headers.getString("host")).isEqualTo(world.host());
        assertThat(headers.getString("x-forwarded-host")).isEqualTo(world.host());
        assertThat(headers.getString("request-id"))
                .isEqualTo(response.headers().firstValue("Request-Id").orElseThrow());
        assertThat(headers.getMap().keySet()).doesNotContain("accept", "x-internal-groups");
        JsonObject claims = received.getJsonObject("claims");
        assertThat(claims.getString("sub")).isEqualTo("acme");
        assertThat(claims.getString("env")).isEqualTo("production");
        assertThat(claims.getString("key")).isEqualTo(key.kid());
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(60);
        assertThat(claims.getJsonArray("groups").getList().toString()).isEqualTo("[system]");
    }

    @Test
    @DisplayName("B9: nothing of the inside comes back, the Request-Id once, the Link as the service wrote it")
    void nothingOfTheInsideComesBack() {
        HttpResponse<String> response =
                world.send(world.request("/v3/users", key).header("Request-Id", "abc~!"));

        assertThat(response.headers().allValues("Request-Id")).containsExactly("abc~!");
        assertThat(response.headers().map().keySet()).doesNotContain("server", "x-powered-by", "x-hop");
        assertThat(response.headers().firstValue("Link"))
                .hasValue("<http://" + world.host() + "/v3/users?page=2>; rel=\"next\"");
    }

    @Test
    @DisplayName("A8: a device's token carries its device and gallery")
    void aDevicesTokenCarriesDeviceAndGallery() {
        String device = UUID.randomUUID().toString();

        HttpResponse<String> response =
                world.send(world.request("/v3/models", world.deviceKey(device, "NAGANO \u9577\u91ce")));

        JsonObject claims = new JsonObject(response.body()).getJsonObject("claims");
        assertThat(claims.getString("device")).isEqualTo(device);
        assertThat(claims.getString("gallery")).isEqualTo("NAGANO \u9577\u91ce");
        assertThat(claims.getJsonArray("groups").getList().toString()).isEqualTo("[device]");
    }

    @ParameterizedTest
    @DisplayName("A8: a device key may do four things and nothing else")
    @CsvSource({
        "GET,/v3/models,200",
        "HEAD,/v3/models,200",
        "GET,/v3/models/face_detector_76K,200",
        "POST,/v3/models/face_detector_76K,200",
        "POST,/v3/pipelines/identify,200",
        "POST,/v3/pipelines/" + ID + ",200",
        "GET,/v3/users,401",
        "POST,/v3/users,401",
        "GET,/v3/users/" + ID + "/face,401",
        "GET,/v3/devices,401",
        "GET,/v3/devices/" + ID + "/keys,401",
        "GET,/v3/pipelines,401",
        "GET,/v3/pipelines/identify,401",
        "GET,/v3/insights/recognitions,401",
        "PUT,/v3/pipelines/" + ID + ",401",
        "DELETE,/v3/pipelines/" + ID + ",401",
        "POST,/v3/models,401",
        "GET,/v3/nothing,401",
        "POST,/v3/models/face_analysis,200"
    })
    void aDeviceKeyMayDoFourThings(String method, String path, int status) {
        World.Key device = world.deviceKey(UUID.randomUUID().toString(), "G");

        HttpResponse<String> response = world.send(world.request(path, device)
                .header("Content-Type", "multipart/form-data; boundary=XXX")
                .method(method, method.equals("POST") ? BodyPublishers.ofString("--XXX--") : BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 401) {
            assertThat(response.body()).contains("BAD_AUTH").contains("device key");
            assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        }
    }

    @ParameterizedTest
    @DisplayName("B1, B2: what does not exist or cannot be an id is 404 and reaches no service")
    @ValueSource(
            strings = {
                "/",
                "/v3",
                "/v3/",
                "/v3/users/",
                "/v3/user",
                "/v3/Users",
                "/v3//users",
                "//v3/users",
                "/v3/users/abc",
                "/v3/users/0190ed33-2084-76c8-8222-142040abd5f",
                "/v3/users/" + ID + "/",
                "/v3/users/" + ID + "/faces",
                "/v3/users/..%2fdevices",
                "/v3/users/%2e%2e/devices",
                "/v3/users/../devices",
                "/v3/./users",
                "/v3/users%2f" + ID,
                "/v3/users/" + ID + "%00",
                "/v3/users/" + ID + ";x=1",
                "/v3/models/..",
                "/v3/models/.hidden",
                "/v3/models/a%20b",
                "/v3/models/..;/users",
                "/v3/pipelines/iden%74ify",
                "/v3/faces/search",
                "/v3/faces",
                "/internal/keys/" + ID,
                "/q/health",
                "/q/metrics",
                "/v3/devices/" + ID + "/keys/1",
                "/v3/users/" + ID + "/tokens/x"
            })
    void whatDoesNotExistIs404(String path) {
        String before = world.seen();

        String response =
                world.raw(key, "GET " + path + " HTTP/1.1", "Host: HOST", "Authorization: AUTH", "Connection: close");

        assertThat(response)
                .startsWith("HTTP/1.1 404 ")
                .contains("\"BAD_RESOURCE\"")
                .containsIgnoringCase("request-id:");
        assertThat(world.seen()).isEqualTo(before);
    }

    @Test
    @DisplayName("B2: an overlong path is 404, an overlong request line 414 or 404")
    void anOverlongPathDoesNotExist() {
        assertThat(world.send(world.request("/v3/models/" + "a".repeat(600), key))
                        .statusCode())
                .isEqualTo(404);
        assertThat(world.send(world.request("/v3/models/" + "a".repeat(9000), key))
                        .statusCode())
                .isIn(404, 414);
    }

    @ParameterizedTest
    @DisplayName("B1: without authentication everything is 401, whether it exists or not")
    @CsvSource({"GET,/v3/users", "GET,/v3/nothing", "DELETE,/v3/users", "POST,/v3/users", "GET,/v3/users/abc", "BREW,/"
    })
    void withoutAuthenticationEverythingIs401(String method, String path) {
        HttpResponse<String> response = world.send(world.request(path).method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(response.headers().firstValue("Request-Id")).isPresent();
        assertThat(new JsonObject(response.body()).getString("error")).isEqualTo("BAD_AUTH");
    }

    @ParameterizedTest
    @DisplayName("B7: a method that a path does not know is 405 with Allow")
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE|/v3/users|GET, HEAD, POST",
                "PUT|/v3/users/" + ID + "|GET, HEAD, PATCH, DELETE",
                "POST|/v3/users/" + ID + "/face|GET, HEAD, PUT, DELETE",
                "PATCH|/v3/devices/" + ID + "/keys/" + ID + "|GET, HEAD, DELETE",
                "OPTIONS|/v3/models|GET, HEAD",
                "BREW|/v3/pipelines/" + ID + "|GET, HEAD, PUT, DELETE, POST",
                "POST|/docs|GET, HEAD"
            })
    void anUnknownMethodIs405(String method, String path, String allow) {
        HttpResponse<String> response =
                world.send(world.request(path, key).header("Request-Id", "r7").method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue(allow);
        assertThat(response.headers().firstValue("Request-Id")).hasValue("r7");
        assertThat(new JsonObject(response.body()).getString("error")).isEqualTo("BAD_REQUEST");
    }

    @Test
    @DisplayName("B11: HEAD works wherever GET does, without a body")
    void headWorksWhereverGetDoes() {
        String good =
                world.raw(key, "HEAD /v3/users HTTP/1.1", "Host: HOST", "Authorization: AUTH", "Connection: close");
        String bad =
                world.raw(key, "HEAD /v3/nothing HTTP/1.1", "Host: HOST", "Authorization: AUTH", "Connection: close");

        assertThat(good).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
        assertThat(bad).startsWith("HTTP/1.1 404 ").endsWith("\r\n\r\n");
    }

    @Test
    @DisplayName("A4: under HTTP/2 the audience is compared with :authority, bodies included")
    void http2Works() {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            HttpResponse<String> warm = client.sendAsync(
                            world.request("/v3/users", key).build(), HttpResponse.BodyHandlers.ofString())
                    .join();
            HttpResponse<String> posted = client.sendAsync(
                            world.request("/v3/users", key)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("{\"a\":1}")))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .join();

            assertThat(warm.statusCode()).isEqualTo(200);
            assertThat(posted.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(posted.statusCode()).isEqualTo(200);
            assertThat(new JsonObject(posted.body()).getInteger("length")).isEqualTo(7);
        }
    }

    @Test
    @DisplayName("B11: CORS is off until origins are configured")
    void corsIsOff() {
        HttpResponse<String> response =
                world.send(world.request("/v3/users", key).header("Origin", "https://app.example.com"));
        HttpResponse<String> preflight = world.send(world.request("/v3/users")
                .header("Origin", "https://app.example.com")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        assertThat(preflight.statusCode()).isEqualTo(401);
        assertThat(preflight.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }
}
