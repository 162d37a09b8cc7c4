package io.menso.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.menso.local.api.Multipart;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsIT {

    private final Client backend = Client.backend();

    @Test
    @DisplayName("B9: Request-Id is echoed byte for byte, on success and on every error")
    void requestIdIsEchoed() {
        String id = "~!@#$%^&*()_+{}|:<>?-=[]\\;',./";
        String missing = "/v3/users/" + UUID.randomUUID();

        for (String path :
                List.of("/v3/users", missing, "/v3/nothing", "/v3/users/x", "/v3/users?page=0", "/nowhere")) {
            backend.request().header("Request-Id", id).get(path).then().header("Request-Id", equalTo(id));
        }
        backend.request().header("Request-Id", id).put("/v3/users").then().header("Request-Id", equalTo(id));
        backend.request().get("/v3/users").then().header("Request-Id", notNullValue());
    }

    @Test
    @DisplayName("B9: a Request-Id that is too long or holds blanks is 400 and not echoed")
    void badRequestId() {
        for (String id : List.of("a b", "x".repeat(201))) {
            Response response = backend.request().header("Request-Id", id).get("/v3/users");
            response.then().statusCode(400).body("error", equalTo("BAD_REQUEST"));
            assertThat(response.header("Request-Id")).isNotEqualTo(id);
        }
    }

    @Test
    @DisplayName("B1, B2: an unknown or malformed id in a path is 404 BAD_RESOURCE, in a query 400")
    void ids() {
        for (String id : List.of(UUID.randomUUID().toString(), "abc", "..%2f..%2fetc", "0190ed33")) {
            backend.request()
                    .urlEncodingEnabled(false)
                    .get("/v3/users/" + id)
                    .then()
                    .statusCode(404)
                    .body("error", equalTo("BAD_RESOURCE"));
        }
        backend.images(List.of(picture()))
                .post("/v3/pipelines/verify?user_id=abc")
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"));
        backend.images(List.of(picture())).post("/v3/pipelines/verify").then().statusCode(400);
    }

    @Test
    @DisplayName("B7, B8: 405 carries Allow and a JSON body")
    void methodNotAllowed() {
        backend.request()
                .put("/v3/users")
                .then()
                .statusCode(405)
                .header("Allow", containsString("POST"))
                .body("error", equalTo("BAD_REQUEST"))
                .body("reason", notNullValue());
    }

    @Test
    @DisplayName("B8: an unknown path is 404 with a JSON body")
    void unknownPath() {
        backend.request().get("/v3/nothing").then().statusCode(404).body("error", equalTo("BAD_RESOURCE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"display_name\":\"x\",}",
                "{'display_name':'x'}",
                "{\"display_name\":1}",
                "{\"display_name\":\"\"}",
                "{\"display_name\":\"a\\u0000b\"}",
                "{\"display_name\":\"x\"} trailing"
            })
    @DisplayName("B5, B11: JSON that is not RFC 8259 or not valid is 400 BAD_REQUEST")
    void badJson(String body) {
        backend.request()
                .contentType("application/json")
                .body(body)
                .post("/v3/users")
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"));
    }

    @Test
    @DisplayName("B10: PATCH takes merge-patch and plain JSON with parameters, and nothing else")
    void contentTypes() {
        String path = "/v3/users/" + backend.newUser("Types");

        for (String type : List.of("application/merge-patch+json", "application/json; charset=utf-8")) {
            backend.request().contentType(type).body("{}").patch(path).then().statusCode(200);
        }
        backend.request()
                .contentType("text/plain")
                .body("{}")
                .patch(path)
                .then()
                .statusCode(400);
        backend.request()
                .contentType("text/plain")
                .body("{}")
                .post("/v3/users")
                .then()
                .statusCode(400);
    }

    @Test
    @DisplayName("B3: a picture over 10 MiB is 413 BAD_CONTENT")
    void tooLarge() {
        byte[] large = Arrays.copyOf(picture().bytes(), 10_485_761);

        identify(new Multipart.Image("large.jpg", large)).then().statusCode(413).body("error", equalTo("BAD_CONTENT"));
    }

    @Test
    @DisplayName("B4: more than 32 pictures are 413")
    void tooMany() {
        backend.images(Collections.nCopies(33, picture()))
                .post("/v3/pipelines/identify")
                .then()
                .statusCode(413);
    }

    @Test
    @DisplayName("B3, D10: what is empty, undecodable or not of its declared type is 400 BAD_CONTENT")
    void undecodable() {
        byte[] text = "<svg onload=alert(1)>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (Multipart.Image image : List.of(
                new Multipart.Image("text.jpg", text),
                new Multipart.Image("liar.png", picture().bytes()),
                new Multipart.Image("cut.jpg", Arrays.copyOf(picture().bytes(), 200)))) {
            identify(image).then().statusCode(400).body("error", equalTo("BAD_CONTENT"));
        }
    }

    @Test
    @DisplayName("B4: a picture of more than 64 megapixels is refused from its header")
    void imageBomb() {
        identify(new Multipart.Image("bomb.png", Hostile.pngHeader(60_000, 60_000)))
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_CONTENT"));
    }

    @Test
    @DisplayName("D9, B3: a multipart body without a file, and one that is none, are 400 BAD_REQUEST")
    void badMultipart() {
        String user = backend.newUser("Multipart");
        backend.request()
                .multiPart("other", "x")
                .put("/v3/users/" + user + "/face")
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"));
        backend.request()
                .config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("multipart/form-data", ContentType.TEXT)))
                .contentType("multipart/form-data; boundary=XXX")
                .body("--YYY\r\nnonsense")
                .post("/v3/pipelines/identify")
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"));
    }

    @Test
    @DisplayName("B7: more requests than a key may make are 429 with Retry-After")
    void rateLimit() throws Exception {
        Client customer = Client.production(RunningSuite.get().newCustomer("fast-" + UUID.randomUUID()));
        HttpRequest request = HttpRequest.newBuilder(URI.create(customer.url() + "/v3/nothing"))
                .header("Authorization", "Bearer " + customer.token())
                .build();
        Queue<HttpResponse<String>> refused = new ConcurrentLinkedQueue<>();
        AtomicInteger left = new AtomicInteger(5000);
        try (HttpClient http = HttpClient.newHttpClient();
                ExecutorService callers = Executors.newFixedThreadPool(16)) {
            Callable<Void> burst = () -> {
                while (refused.isEmpty() && left.getAndDecrement() > 0) {
                    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() == 429) {
                        refused.add(answer);
                    }
                }
                return null;
            };
            for (Future<Void> done : callers.invokeAll(Collections.nCopies(16, burst))) {
                done.get();
            }
        }

        assertThat(refused).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("\"error\"");
        });
    }

    @Test
    @DisplayName("B11: HEAD works where GET does, and Accept is ignored")
    void headAndAccept() {
        backend.request().head("/v3/users").then().statusCode(200);
        backend.request().header("Accept", "image/gif").get("/v3/users").then().statusCode(200);
        backend.request()
                .header("Origin", "http://evil.example")
                .get("/v3/users")
                .then()
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    @DisplayName("B8: the description of the API and its page are served without a token")
    void documents() {
        io.restassured.RestAssured.given()
                .baseUri(backend.url())
                .get("/docs/spec")
                .then()
                .statusCode(200);
        io.restassured.RestAssured.given()
                .baseUri(backend.url())
                .get("/docs")
                .then()
                .statusCode(200);
        io.restassured.RestAssured.given()
                .baseUri(backend.url())
                .get("/internal/customers/demo/keys")
                .then()
                .statusCode(not(equalTo(200)));
        backend.json(Map.of("handle", "x")).post("/internal/customers").then().statusCode(404);
    }

    private Response identify(Multipart.Image image) {
        return backend.identify(image);
    }

    private static Multipart.Image picture() {
        return Faces.person(0).getFirst();
    }
}
