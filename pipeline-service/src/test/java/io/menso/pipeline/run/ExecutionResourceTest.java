package io.menso.pipeline.run;

import static io.menso.pipeline.Api.PICTURE;
import static io.menso.pipeline.Api.as;
import static io.menso.pipeline.Api.asDevice;
import static io.menso.pipeline.Api.customer;
import static io.menso.pipeline.Api.execute;
import static io.menso.pipeline.Api.run;
import static io.menso.pipeline.Api.store;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import io.menso.pipeline.FakeServices;
import io.menso.pipeline.PipelineServers;
import io.menso.testing.InternalTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PipelineServers.class)
class ExecutionResourceTest {

    private static final String LOOP = "async () => { for (;;); }";
    private static final String ONE = "async () => 1";

    private final String customer = customer();

    @Inject
    FakeServices services;

    @Inject
    MeterRegistry meters;

    @BeforeEach
    void reset() {
        services.reset();
    }

    @Test
    @DisplayName("An execution answers the result as JSON and tells in Server-Timing where the time went")
    void answers() {
        services.answer(
                "POST /inference/v3/models/m",
                200,
                "{\"a\":1}",
                Map.of("Server-Timing", "decode;dur=3.5, inference;dur=9, x;dur=1"));
        run(customer, "async (api, body) => { await api.get('/v3/faces/x'); return api.post('/v3/models/m', body); }")
                .statusCode(200)
                .contentType(startsWith("application/json"))
                .body("a", equalTo(1))
                .header(
                        "Server-Timing",
                        matchesPattern(
                                "calls;dur=.*, decode;dur=3.50, inference;dur=9.00, script;dur=.*, search;dur=.*"));
    }

    @Test
    @DisplayName("G4: calls go to the service that owns the path, in the caller's name")
    void routesCalls() {
        String uuid = store(customer, """
                async (api, body, params) => {
                  await api.get('/v3/users', null, {page: 2, q: ['a b', 'c'], none: null});
                  await api.post('/v3/users', {display_name: 'É'});
                  await api.patch('/v3/users/1', {display_name: 'x'});
                  await api.put('/v3/users/1/face', body);
                  await api.get('/v3/users/1/tokens');
                  await api.post('/v3/faces/search', {});
                  await api.delete('/v3/users/1');
                  return api.get('/v3/models');
                }""");
        execute(as(customer).header("Request-Id", "r-1"), uuid).statusCode(200).header("Request-Id", "r-1");

        assertThat(services.lines())
                .containsExactly(
                        "GET /identity/v3/users",
                        "POST /identity/v3/users",
                        "PATCH /identity/v3/users/1",
                        "PUT /matching/v3/users/1/face",
                        "GET /identity/v3/users/1/tokens",
                        "POST /matching/v3/faces/search",
                        "DELETE /identity/v3/users/1",
                        "GET /inference/v3/models");
        assertThat(services.received())
                .allSatisfy(call -> assertThat(call.headers())
                        .containsEntry("request-id", "r-1")
                        .hasEntrySatisfying(
                                "authorization", value -> assertThat(value).startsWith("Bearer ey")));
        assertThat(services.received().get(0).query()).isEqualTo("page=2&q=a%20b&q=c");
        assertThat(services.received().get(0).body()).isEmpty();
        assertThat(services.received().get(1).headers()).containsEntry("content-type", "application/json");
        assertThat(services.received().get(2).headers()).containsEntry("content-type", "application/merge-patch+json");
    }

    @ParameterizedTest
    @DisplayName("G4: other paths are refused with an error that the script sees, and nothing is sent")
    @ValueSource(
            strings = {
                "http://evil/",
                "//evil/v3/users",
                "/internal/keys/1",
                "/v3",
                "/v3/",
                "v3/users",
                "/v3/../internal",
                "/v3/users/..",
                "/v3/users/./x",
                "/v3//users",
                "/v3/%2e%2e/internal",
                "/v3/users%2F1",
                "/v3/users%252f1",
                "/v3/users?x=1",
                "/v3/users#x",
                "/v3/users\\\\x",
                "/v3/users/\\u0000",
                "/v3/users/\\r\\nX: y",
                "/v3/users/%0d%0a",
                "/v3/users@evil:80//",
                "/V3/users",
                "/v3/users/é",
                "/v3/%zz"
            })
    void refusesPaths(String path) {
        run(
                        customer,
                        "async (api) => { try { await api.get('" + path + "'); return 'sent' }"
                                + " catch (e) { return [e instanceof Error, e.status, e.error, typeof e.reason] } }")
                .statusCode(200)
                .body("$", equalTo(List.of(true, 400, "BAD_REQUEST", "string")));
        assertThat(services.received()).isEmpty();
    }

    @Test
    @DisplayName("G4: Date is real time and Math.random differs from run to run")
    void knowsTimeAndChance() {
        String uuid =
                store(customer, "async () => [Date.now(), Math.random(), Math.random(), new Date().toISOString()]");
        List<Object> first =
                execute(as(customer), uuid).statusCode(200).extract().path("$");
        List<Object> second =
                execute(as(customer), uuid).statusCode(200).extract().path("$");
        assertThat(Math.abs(System.currentTimeMillis() - ((Number) first.get(0)).longValue()))
                .isLessThan(60_000);
        assertThat(Stream.of(first.get(1), first.get(2), second.get(1), second.get(2))
                        .distinct())
                .hasSize(4);
    }

    @Test
    @DisplayName("G5: images can be listed, sliced and passed on, and go out as parts named file")
    void passesImages() {
        String uuid = store(customer, """
                async (api, body, params) => {
                  await api.post('/v3/models/all', body, params);
                  await api.post('/v3/models/two', body.slice(1));
                  await api.post('/v3/models/one', body[2]);
                  return {count: body.length, first: body[0], bytes: Object.keys(body[0]), params};
                }""");
        as(customer)
                .multiPart("file", "a.jpg", new byte[] {65}, "image/jpeg")
                .multiPart("other", "ignored")
                .multiPart("file", "b\".png", new byte[] {66, 66}, "image/png")
                .multiPart("file", "c.jp2", new byte[] {67, 67, 67}, "image/jp2")
                .post("/v3/pipelines/" + uuid + "?k=v&l=1&l=2")
                .then()
                .statusCode(200)
                .body("count", equalTo(3))
                .body("first.name", equalTo("a.jpg"))
                .body("first.type", equalTo("image/jpeg"))
                .body("first.size", equalTo(1))
                .body("bytes", equalTo(List.of("name", "type", "size")))
                .body("params", equalTo(Map.of("k", "v", "l", List.of("1", "2"))));
        assertThat(parts(0)).containsExactly("A", "BB", "CCC");
        assertThat(services.received().get(0).query().split("&")).containsExactlyInAnyOrder("k=v", "l=1", "l=2");
        assertThat(services.received().get(0).body())
                .contains("name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n");
        assertThat(parts(1)).containsExactly("BB", "CCC");
        assertThat(parts(2)).containsExactly("CCC");
    }

    @Test
    @DisplayName("G5: what only looks like an image is none")
    void refusesForgedImages() {
        run(customer, """
                async (api, [b]) => {
                  for (const fake of [{...b}, Object.create(b), new Proxy(b, {}), [{name: 'a', type: 'b', size: 1}], 7])
                    await api.post('/v3/models/m', fake);
                }""").statusCode(200).body(equalTo("null"));
        assertThat(services.received())
                .hasSize(5)
                .allSatisfy(call -> assertThat(call.headers()).containsEntry("content-type", "application/json"));
    }

    @Test
    @DisplayName("G6: a call's failure that nobody catches becomes the response")
    void passesFailures() {
        services.answer("POST /inference/v3/models/m", 422, "{\"error\":\"MOVE_LEFT\",\"reason\":\"Move left\"}");
        run(customer, "async (api, body) => api.post('/v3/models/m', body)")
                .statusCode(422)
                .body("error", equalTo("MOVE_LEFT"))
                .body("reason", equalTo("Move left"));
        run(customer, """
                async (api, body) => {
                  try { await api.post('/v3/models/m', body) }
                  catch (e) { e.status = 200; e.error = 'FAKE'; throw e }
                }""").statusCode(422).body("error", equalTo("MOVE_LEFT"));
        run(
                        customer,
                        "async (api, body) => api.post('/v3/models/m', body).catch(e => [e.status, e.error, e.reason, e.message])")
                .statusCode(200)
                .body("$", equalTo(List.of(422, "MOVE_LEFT", "Move left", "Move left")));
    }

    @ParameterizedTest
    @DisplayName("G6: a thrown look-alike is a fault of the script")
    @ValueSource(
            strings = {
                "throw {status: 422, error: 'MOVE_LEFT', reason: 'x'}",
                "throw Object.assign(new Error('x'), {status: 422, error: 'MOVE_LEFT', reason: 'x'})",
                "try { await api.get('/v3/models/m') } catch (e) { throw Object.assign(new Error('x'), e) }",
                "try { await api.get('/v3/models/m') } catch (e) { throw Object.create(e) }",
                "try { await api.get('/v3/models/m') } catch (e) { throw new Proxy(e, {}) }"
            })
    void refusesLookAlikes(String body) {
        services.answer("GET /inference/v3/models/m", 422, "{\"error\":\"MOVE_LEFT\",\"reason\":\"x\"}");
        run(customer, "async (api) => { " + body + " }").statusCode(400).body("error", equalTo("BAD_REQUEST"));
    }

    @Test
    @DisplayName("G6: a fault of the script is 400 BAD_REQUEST with line and column; undefined is null")
    void namesTheLine() {
        run(customer, "// first\nasync (api) => {\n  const x = {};\n  return x.missing();\n}")
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"))
                .body("reason", startsWith("pipeline.js:4:"));
        run(customer, "async () => { throw new RangeError('far') }")
                .statusCode(400)
                .body("reason", equalTo("pipeline.js:1:24: RangeError: far"));
        run(customer, LOOP).statusCode(400).body("reason", equalTo("pipeline.js:1:15: more than 250 ms of CPU time"));
        run(customer, "async () => () => 1").statusCode(400).body("reason", containsString("no JSON"));
        run(customer, "async () => { throw new Error('x'.repeat(100000)) }")
                .statusCode(400)
                .body("reason.length()", lessThanOrEqualTo(560));
        run(customer, "async () => {}").statusCode(200).body(equalTo("null"));
    }

    @Test
    @DisplayName("G7: the 33rd call fails, and so does the fifth level of pipelines")
    void limitsCalls() {
        run(customer, "async (api) => { for (let i = 0; i < 32; i++) await api.get('/v3/models'); return 'ok' }")
                .statusCode(200);
        run(customer, "async (api) => { for (let i = 0; i < 33; i++) await api.get('/v3/models'); }")
                .statusCode(400)
                .body("reason", equalTo("pipeline.js:1:56: The pipeline made too many calls"));
        String level4 = store(customer, "async () => 4");
        String level3 = nesting(level4);
        String level2 = nesting(level3);
        String level1 = nesting(level2);
        execute(as(customer), level2).statusCode(200).body("n.n", equalTo(4));
        execute(as(customer), level1).statusCode(200).body("n.n.n", equalTo(4));
        execute(as(customer), nesting(level1)).statusCode(400).body("reason", containsString("levels deep"));
    }

    private String nesting(String inner) {
        return store(customer, "async (api, body) => ({n: await api.post('/v3/pipelines/" + inner + "', body)})");
    }

    @Test
    @DisplayName("G4: a nested pipeline gets images and parameters; its failures pass through; unknown ones are 404")
    void nests() {
        String inner = store(customer, "async (api, body, params) => [body.length, params]");
        String bad = store(customer, "async () => { throw new Error('inner') }");
        run(customer, "async (api, b) => api.post('/v3/pipelines/" + inner + "', b, {n: 1, l: [true, 'x']})")
                .statusCode(200)
                .body("$", equalTo(List.of(1, Map.of("n", "1", "l", List.of("true", "x")))));
        run(customer, "async (api, b) => Promise.all([1, 2, 3].map(() => api.post('/v3/pipelines/" + inner + "', b)))")
                .statusCode(200)
                .body("$", hasSize(3));
        run(customer, "async (api, b) => api.post('/v3/pipelines/" + bad + "', b)")
                .statusCode(400)
                .body("reason", containsString("Error: inner"));
        run(customer, "async (api, b) => api.post('/v3/pipelines/" + UUID.randomUUID() + "', b)")
                .statusCode(404);
        run(customer, "async (api, b) => api.post('/v3/pipelines/" + inner + "')")
                .statusCode(400);
    }

    @Test
    @DisplayName("G4: a script may read its customer's pipelines")
    void readsPipelines() {
        String uuid = store(customer, ONE);
        run(
                        customer,
                        "async (api) => [(await api.get('/v3/pipelines')).pipelines[0], await api.get('/v3/pipelines/"
                                + uuid + "')]")
                .statusCode(200)
                .body("[0]", equalTo(uuid))
                .body("[1]", allOf(startsWith("// Created: "), containsString(ONE)));
    }

    @Test
    @DisplayName("G8: a running execution finishes on the source it started with")
    void finishesOnItsSource() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        services.answerLater("GET /inference/v3/models", gate);
        String uuid = store(customer, "async (api) => { await api.get('/v3/models'); return 'old' }");
        CompletableFuture<String> running = CompletableFuture.supplyAsync(
                () -> execute(as(customer), uuid).statusCode(200).extract().asString());
        Awaitility.await().until(() -> services.lines().contains("GET /inference/v3/models"));

        as(customer)
                .contentType("text/javascript")
                .body("async () => 'new'")
                .put("/v3/pipelines/" + uuid)
                .then()
                .statusCode(200);
        as(customer).delete("/v3/pipelines/" + uuid).then().statusCode(204);
        gate.complete(null);

        assertThat(running.get(20, TimeUnit.SECONDS)).isEqualTo("\"old\"");
    }

    @Test
    @DisplayName("Design rule 7: images of a caller that left count until nobody works on them any more")
    void accountsForCallersThatLeft() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        services.answerLater("GET /inference/v3/models", gate);
        String uuid = store(customer, "async (api) => api.get('/v3/models')");
        String body = "--XX\r\nContent-Disposition: form-data; name=file\r\n\r\nabc\r\n--XX--\r\n";
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            String head = "POST /v3/pipelines/" + uuid + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + InternalTokens.system(customer, "production") + "\r\nContent-Length: " + body.length()
                    + "\r\nContent-Type: multipart/form-data; boundary=XX\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> services.lines().contains("GET /inference/v3/models"));
        }
        run(customer, ONE).statusCode(200);
        assertThat(heldBytes()).isEqualTo(body.length());
        gate.complete(null);
        Awaitility.await().until(() -> heldBytes() == 0);
    }

    private double heldBytes() {
        return meters.get("menso.pipeline.upload.bytes").gauge().value();
    }

    @Test
    @DisplayName("G7: one customer's endless loops hold up neither another customer nor its own built-ins")
    void isFair() {
        String loop = store(customer, LOOP);
        services.answer(
                "POST /inference/v3/models/face_analysis",
                200,
                "{\"embedding\":{\"revision\":\"r\",\"vector\":\"v\"}}");
        services.answer("POST /matching/v3/faces/search", 200, "{\"users\":[]}");
        List<CompletableFuture<Integer>> loops = IntStream.range(0, 24)
                .mapToObj(_ -> CompletableFuture.supplyAsync(
                        () -> execute(as(customer), loop).extract().statusCode(), Thread::startVirtualThread))
                .toList();

        run(customer(), ONE).statusCode(200);
        execute(as(customer), "identify").statusCode(200);
        boolean stillBusy = loops.stream().anyMatch(running -> !running.isDone());

        assertThat(stillBusy).isTrue();
        assertThat(loops.stream().map(CompletableFuture::join))
                .allSatisfy(status -> assertThat(status).isIn(400, 503));
    }

    @Test
    @DisplayName("B13: a service that is away, or says so, makes the execution 503 with Retry-After")
    void passesUnavailability() {
        run(customer, "async (api) => api.get('/v3/devices')")
                .statusCode(503)
                .header("Retry-After", "1")
                .body("error", equalTo("UNAVAILABLE"));
        services.answer(
                "GET /inference/v3/models",
                503,
                "{\"error\":\"UNAVAILABLE\",\"reason\":\"queue\"}",
                Map.of("Retry-After", "7"));
        run(customer, "async (api) => api.get('/v3/models')")
                .statusCode(503)
                .header("Retry-After", "7")
                .body("reason", equalTo("queue"));
    }

    @Test
    @DisplayName("B1, B2: an unknown, malformed or foreign pipeline is 404 BAD_RESOURCE")
    void refusesUnknownPipelines() {
        String foreign = store(customer(), ONE);
        for (String id : List.of(foreign, "abc", UUID.randomUUID().toString())) {
            execute(as(customer), id).statusCode(404).body("error", equalTo("BAD_RESOURCE"));
        }
    }

    @Test
    @DisplayName("D9: no part named file is 400 BAD_REQUEST")
    void needsImages() {
        String uuid = store(customer, ONE);
        as(customer)
                .multiPart("picture", "a.jpg", PICTURE, "image/jpeg")
                .post("/v3/pipelines/" + uuid)
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"));
        as(customer).post("/v3/pipelines/" + uuid).then().statusCode(400).body("error", equalTo("BAD_REQUEST"));
        as(customer)
                .contentType("application/json")
                .body("{}")
                .post("/v3/pipelines/" + uuid)
                .then()
                .statusCode(400);
        as(customer)
                .contentType("multipart/form-data")
                .body(PICTURE)
                .post("/v3/pipelines/" + uuid)
                .then()
                .statusCode(400);
        as(customer)
                .contentType("multipart/form-data; boundary=x")
                .body(PICTURE)
                .post("/v3/pipelines/" + uuid)
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"));
    }

    @Test
    @DisplayName("B3, B4: an image of more than 10485760 bytes, or a 33rd one, is 413 BAD_CONTENT")
    void limitsImages() {
        String uuid = store(customer, "async (api, body) => body.length");
        as(customer)
                .multiPart("file", "a", new byte[10_485_760], "image/png")
                .post("/v3/pipelines/" + uuid)
                .then()
                .statusCode(200);
        as(customer)
                .multiPart("file", "a", new byte[10_485_761], "image/png")
                .post("/v3/pipelines/" + uuid)
                .then()
                .statusCode(413)
                .body("error", equalTo("BAD_CONTENT"));
        images(32).post("/v3/pipelines/" + uuid).then().statusCode(200).body(equalTo("32"));
        images(33).post("/v3/pipelines/" + uuid).then().statusCode(413).body("error", equalTo("BAD_CONTENT"));
    }

    private RequestSpecification images(int count) {
        RequestSpecification request = as(customer);
        for (int i = 0; i < count; i++) {
            request.multiPart("file", i + ".jpg", PICTURE, "image/jpeg");
        }
        return request;
    }

    @Test
    @DisplayName("A8, A15: devices may execute and nothing else, strangers nothing")
    void authorizes() {
        String uuid = store(customer, ONE);
        execute(asDevice(customer, UUID.randomUUID(), "door"), uuid).statusCode(200);
        execute(given(), uuid).statusCode(401);
        Response forged = given().header("Authorization", "Bearer x.y.z")
                .multiPart("file", "a", PICTURE, "image/jpeg")
                .post("/v3/pipelines/" + uuid);
        assertThat(forged.statusCode()).isEqualTo(401);
    }

    private List<String> parts(int index) {
        String body = services.received().get(index).body();
        return Stream.of(body.split("--menso-[0-9a-f-]+(?:\r\n|--\r\n)"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.substring(part.indexOf("\r\n\r\n") + 4, part.length() - 2))
                .toList();
    }
}
