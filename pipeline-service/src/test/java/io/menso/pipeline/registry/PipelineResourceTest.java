package io.menso.pipeline.registry;

import static io.menso.pipeline.Api.as;
import static io.menso.pipeline.Api.asDevice;
import static io.menso.pipeline.Api.customer;
import static io.menso.pipeline.Api.post;
import static io.menso.pipeline.Api.store;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.menso.pipeline.PipelineServers;
import io.menso.testing.InternalTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PipelineServers.class)
class PipelineResourceTest {

    private static final String SOURCE = "async (api, body, params) => {\n  return api.get('/v3/models');\n}\n";

    private final String customer = customer();

    @Test
    @DisplayName("POST stores a pipeline and answers 201 with uuid, created and updated")
    void creates() {
        post(customer, SOURCE)
                .statusCode(201)
                .body("uuid", matchesPattern("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f-]{17}"))
                .body("created", notNullValue())
                .body("updated", notNullValue());
    }

    @Test
    @DisplayName("G3: GET prefixes two lines of dates, and GET then PUT round-trips")
    void roundTrips() {
        String uuid = store(customer, SOURCE);
        String first = as(customer)
                .get("/v3/pipelines/" + uuid)
                .then()
                .statusCode(200)
                .contentType(startsWith("text/javascript"))
                .extract()
                .asString();
        assertThat(first)
                .matches("(?s)// Created: [0-9T:-]{19}\\+00:00\\n// Updated: [0-9T:-]{19}\\+00:00\\n.*")
                .endsWith(SOURCE);

        as(customer)
                .contentType("application/javascript;charset=utf-8")
                .body(first)
                .put("/v3/pipelines/" + uuid)
                .then()
                .statusCode(200)
                .body("uuid", equalTo(uuid));

        String second = as(customer).get("/v3/pipelines/" + uuid).asString();
        assertThat(second.lines().skip(2))
                .containsExactlyElementsOf(SOURCE.lines().toList());
    }

    @Test
    @DisplayName("G3: POST strips the lines of dates, and only at the top")
    void stripsDates() {
        String uuid = store(customer, "// Created: x\r\n// Updated: y\n// Created: mine\n" + SOURCE);
        assertThat(as(customer)
                        .get("/v3/pipelines/" + uuid)
                        .asString()
                        .lines()
                        .skip(2)
                        .findFirst())
                .contains("// Created: mine");
    }

    @ParameterizedTest
    @DisplayName("G2: async arrows and function expressions with at most three parameters are stored")
    @ValueSource(
            strings = {
                "async()=>1",
                "async x => x",
                "async function(){}",
                "async function named(a, b, c) { return 1 }",
                "(async (api) => 1)",
                "/* a */ // b\n'use strict';\n\"other\"\nasync (api, {a, b} = {a: ',', b: [1, 2]}, [c, d] = []) => 1 ; // end\n;\n",
                "async (a, b = '(,', c = /[,)]/) => `${a},${b}`",
                "async (api, ...rest) => rest"
            })
    void storesFunctions(String source) {
        post(customer, source).statusCode(201);
    }

    @ParameterizedTest
    @DisplayName("G2: everything else is 400 BAD_CONTENT with line and column")
    @ValueSource(
            strings = {
                "",
                "42",
                "() => 1",
                "function f() {}",
                "async function* g() {}",
                "async (a, b, c, d) => 1",
                "async (a, b, c, d = 1) => 1",
                "async (a, {b, c}, [d, e], ...f) => 1",
                "0);globalThis.evil=1;(async()=>1",
                "async()=>1, async()=>1",
                "async()=>1; globalThis.x",
                "globalThis.x = async()=>1",
                "(async()=>1)()",
                "async () => { for (;;) }",
                "(() => { for (;;); })(), async () => 1",
                "import('x'), async()=>1"
            })
    void refusesOthers(String source) {
        post(customer, source)
                .statusCode(400)
                .body("error", equalTo("BAD_CONTENT"))
                .body("reason", matchesPattern("(?s)pipeline\\.js:[0-9]+:[0-9]+: .+"));
    }

    @Test
    @DisplayName("G2: a syntax error is named with its line and column, also behind comments")
    void namesTheLine() {
        post(customer, "// hello\nasync (api) => {\n  const x = ;\n}")
                .statusCode(400)
                .body("reason", matchesPattern("pipeline\\.js:3:[0-9]+: SyntaxError: .*"));
        post(customer, "async (api, ) => ;")
                .statusCode(400)
                .body("reason", matchesPattern("pipeline\\.js:1:[0-9]+: SyntaxError: .*"));
    }

    @Test
    @DisplayName("G2: 64 KiB of UTF-8 are accepted, one byte more is not")
    void limitsTheSize() {
        String frame = "async()=>1//";
        String largest = frame + "ü".repeat((65_536 - frame.length()) / 2);
        post(customer, largest).statusCode(201);
        post(customer, largest + "xx").statusCode(400).body("error", equalTo("BAD_CONTENT"));
        post(customer, largest + "x".repeat(200_000)).statusCode(400).body("error", equalTo("BAD_CONTENT"));
    }

    @Test
    @DisplayName("A source that is not UTF-8, or holds NUL, is 400 BAD_CONTENT")
    void refusesOtherEncodings() {
        byte[] latin = "async()=>'é'".getBytes(StandardCharsets.ISO_8859_1);
        as(customer)
                .contentType("text/javascript")
                .body(latin)
                .post("/v3/pipelines")
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_CONTENT"));
        byte[] nul = "async()=>'\0'".getBytes(StandardCharsets.UTF_8);
        as(customer)
                .contentType("text/javascript")
                .body(nul)
                .post("/v3/pipelines")
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_CONTENT"));
    }

    @Test
    @DisplayName("B3, B10: another Content-Type is 400 BAD_REQUEST")
    void refusesOtherTypes() {
        as(customer)
                .contentType("application/json")
                .body("\"async()=>1\"")
                .post("/v3/pipelines")
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"));
    }

    @Test
    @DisplayName("C1, C2, C3: the list holds the customer's own pipelines in order of creation, in pages")
    void lists() {
        String first = store(customer, SOURCE);
        String second = store(customer, SOURCE);
        String third = store(customer, SOURCE);
        store(customer(), SOURCE);

        as(customer)
                .get("/v3/pipelines")
                .then()
                .statusCode(200)
                .body("page", equalTo(1))
                .body("pipelines", contains(first, second, third))
                .header("Link", nullValue());
        as(customer)
                .get("/v3/pipelines?page=2&per_page=2&x=y")
                .then()
                .statusCode(200)
                .body("pipelines", contains(third))
                .header("Link", containsString("x=y"));
        as(customer).get("/v3/pipelines?page=9").then().statusCode(200).body("pipelines.size()", equalTo(0));
        as(customer).get("/v3/pipelines?page=0").then().statusCode(400).body("error", equalTo("BAD_REQUEST"));
    }

    @Test
    @DisplayName("B1: another customer's pipeline is 404, and so is one in the other environment")
    void keepsTenantsApart() {
        String uuid = store(customer, SOURCE);
        String staging = "Bearer " + InternalTokens.system(customer, "staging");
        as(customer()).get("/v3/pipelines/" + uuid).then().statusCode(404).body("error", equalTo("BAD_RESOURCE"));
        as(customer())
                .contentType("text/javascript")
                .body(SOURCE)
                .put("/v3/pipelines/" + uuid)
                .then()
                .statusCode(404);
        as(customer())
                .contentType("text/plain")
                .body("no source")
                .put("/v3/pipelines/" + uuid)
                .then()
                .statusCode(404);
        as(customer()).delete("/v3/pipelines/" + uuid).then().statusCode(404);
        given().header("Authorization", staging)
                .get("/v3/pipelines/" + uuid)
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @DisplayName("B2: a malformed or unknown uuid is 404 BAD_RESOURCE")
    @ValueSource(strings = {"abc", "0190", "01900000-0000-7000-8000-000000000000", "Identify"})
    void refusesMalformedIds(String id) {
        as(customer).get("/v3/pipelines/" + id).then().statusCode(404).body("error", equalTo("BAD_RESOURCE"));
        as(customer).delete("/v3/pipelines/" + id).then().statusCode(404);
    }

    @Test
    @DisplayName("DELETE answers 204, then 404")
    void deletes() {
        String uuid = store(customer, SOURCE);
        as(customer).delete("/v3/pipelines/" + uuid).then().statusCode(204);
        as(customer).delete("/v3/pipelines/" + uuid).then().statusCode(404);
        as(customer).get("/v3/pipelines/" + uuid).then().statusCode(404);
    }

    @ParameterizedTest
    @DisplayName("G1: a built-in is read by its name and cannot be changed")
    @ValueSource(strings = {"enroll_face", "identify", "verify"})
    void servesBuiltIns(String name) {
        as(customer)
                .get("/v3/pipelines/" + name)
                .then()
                .statusCode(200)
                .contentType(startsWith("text/javascript"))
                .body(containsString("async (api, body, params) =>"));
        as(customer).head("/v3/pipelines/" + name).then().statusCode(200);
        as(customer)
                .contentType("text/javascript")
                .body(SOURCE)
                .put("/v3/pipelines/" + name)
                .then()
                .statusCode(405)
                .header("Allow", "GET, HEAD, POST")
                .body("error", equalTo("BAD_REQUEST"));
        as(customer).delete("/v3/pipelines/" + name).then().statusCode(405).header("Allow", "GET, HEAD, POST");
    }

    @ParameterizedTest
    @DisplayName("G1: the text of a built-in is itself a pipeline that a customer can store")
    @ValueSource(strings = {"enroll_face", "identify", "verify"})
    void builtInsAreExamples(String name) {
        store(customer, as(customer).get("/v3/pipelines/" + name).asString());
    }

    @Test
    @DisplayName("A8, A15: device keys and strangers get 401")
    void refusesOthersKeys() {
        asDevice(customer, UUID.randomUUID(), "door")
                .get("/v3/pipelines")
                .then()
                .statusCode(401)
                .body("error", equalTo("BAD_AUTH"));
        given().get("/v3/pipelines").then().statusCode(401);
        given().header("X-Customer", customer)
                .contentType("text/javascript")
                .body(SOURCE)
                .post("/v3/pipelines")
                .then()
                .statusCode(401);
        Response expired = given().header("Authorization", "Bearer " + InternalTokens.expired(customer, "production"))
                .get("/v3/pipelines");
        assertThat(expired.statusCode()).isEqualTo(401);
    }
}
