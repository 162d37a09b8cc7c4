package io.menso.device;

import static io.menso.device.Customers.as;
import static io.menso.device.Customers.device;
import static io.menso.device.Customers.fresh;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.menso.testing.InternalTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DeviceServers.class)
class DeviceResourceTest {

    private final String customer = fresh();

    @Test
    @DisplayName("A device is created, read, changed and deleted, and a second deletion is 404")
    void livesItsLife() {
        long before = Instant.now().getEpochSecond();
        String id = create("{\"display_name\":\"a5c17z\",\"metadata\":{\"gallery\":\"ISHIKAWA_1\"}}")
                .statusCode(201)
                .contentType(ContentType.JSON)
                .body("$", aMapWithSize(5))
                .body("display_name", is("a5c17z"))
                .body("metadata", equalTo(java.util.Map.of("gallery", "ISHIKAWA_1")))
                .extract()
                .path("uuid");
        assertThat(UUID.fromString(id).version()).isEqualTo(7);
        long created = get(id).statusCode(200)
                .body("uuid", is(id))
                .extract()
                .jsonPath()
                .getLong("created");
        assertThat(created).isBetween(before, Instant.now().getEpochSecond());
        patch(id, "{\"metadata\":{\"gallery\":\"ISHIKAWA_2\"}}")
                .statusCode(200)
                .body("metadata.gallery", is("ISHIKAWA_2"))
                .body("display_name", is("a5c17z"));
        as(customer).delete("/v3/devices/" + id).then().statusCode(204).body(is(""));
        as(customer).delete("/v3/devices/" + id).then().statusCode(404).body("error", is("BAD_RESOURCE"));
        get(id).statusCode(404);
    }

    @ParameterizedTest
    @DisplayName("B1, B2: An unknown id, a malformed id and another customer's device are 404 BAD_RESOURCE alike")
    @ValueSource(strings = {"0190ed85-5efa-70eb-84f0-144016696248", "abc", "0190ed855efa70eb84f0144016696248"})
    void hidesWhatIsNotThere(String id) {
        get(id).statusCode(404).body("error", is("BAD_RESOURCE")).body("reason", is("Device does not exist"));
        patch(id, "{}").statusCode(404).body("error", is("BAD_RESOURCE"));
        as(customer).delete("/v3/devices/" + id).then().statusCode(404).body("error", is("BAD_RESOURCE"));
    }

    @Test
    @DisplayName("A7, B1: Another customer and another environment neither see, change, delete nor list a device")
    void keepsTenantsApart() {
        String id = device(customer, "g");
        for (var stranger : List.of(List.of(fresh(), "production"), List.of(customer, "staging"))) {
            var other = stranger.getFirst();
            var environment = stranger.getLast();
            String path = "/v3/devices/" + id;
            as(other, environment).get(path).then().statusCode(404).body("reason", is("Device does not exist"));
            as(other, environment)
                    .contentType(ContentType.JSON)
                    .body("{}")
                    .patch(path)
                    .then()
                    .statusCode(404);
            as(other, environment).delete(path).then().statusCode(404);
            as(other, environment).get("/v3/devices").then().statusCode(200).body("devices", is(List.of()));
        }
        get(id).statusCode(200);
    }

    @Test
    @DisplayName("A15, B1: Without a valid internal token of a system key nothing is served, unknown paths included")
    void refusesOthers() {
        for (String path : List.of("/v3/devices", "/v3/devices/abc", "/v3/devices/abc/keys", "/nowhere")) {
            given().get(path).then().statusCode(401);
            given().header("X-Forwarded-User", "admin").get(path).then().statusCode(401);
            given().auth().oauth2("e30.e30.e30").get(path).then().statusCode(401);
            given().auth()
                    .oauth2(InternalTokens.expired(customer, "production"))
                    .get(path)
                    .then()
                    .statusCode(401);
        }
        String tablet = InternalTokens.device(customer, "production", UUID.randomUUID(), "g");
        for (String token : List.of(tablet, InternalTokens.gateway(), InternalTokens.operator())) {
            given().auth()
                    .oauth2(token)
                    .get("/v3/devices")
                    .then()
                    .statusCode(401)
                    .body("error", is("BAD_AUTH"))
                    .header("WWW-Authenticate", containsString("Bearer"));
        }
    }

    @ParameterizedTest
    @DisplayName("B5, B11, D2: A body that is no valid device is 400 BAD_REQUEST")
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{\"display_name\":\"a\",\"metadata\":{\"gallery\":\"g\"},}",
                "{\"display_name\":\"a\",\"metadata\":{\"gallery\":\"g\"}} {}",
                "{'display_name':'a','metadata':{'gallery':'g'}}",
                "{\"display_name\":\"a\",\"display_name\":\"b\",\"metadata\":{\"gallery\":\"g\"}}",
                "{\"metadata\":{\"gallery\":\"g\"}}",
                "{\"display_name\":null,\"metadata\":{\"gallery\":\"g\"}}",
                "{\"display_name\":5,\"metadata\":{\"gallery\":\"g\"}}",
                "{\"display_name\":\"\",\"metadata\":{\"gallery\":\"g\"}}",
                "{\"display_name\":\" \\u3000\\u00a0\",\"metadata\":{\"gallery\":\"g\"}}",
                "{\"display_name\":\"a\\u0007\",\"metadata\":{\"gallery\":\"g\"}}",
                "{\"display_name\":\"a\\u0000\",\"metadata\":{\"gallery\":\"g\"}}",
                "{\"display_name\":\"a\\ud800\",\"metadata\":{\"gallery\":\"g\"}}",
                "{\"display_name\":\"a\"}",
                "{\"display_name\":\"a\",\"metadata\":null}",
                "{\"display_name\":\"a\",\"metadata\":\"g\"}",
                "{\"display_name\":\"a\",\"metadata\":{}}",
                "{\"display_name\":\"a\",\"metadata\":{\"gallery\":7}}",
                "{\"display_name\":\"a\",\"metadata\":{\"gallery\":\"\"}}",
                "{\"display_name\":\"a\",\"metadata\":{\"gallery\":\"\\u0000\"}}"
            })
    void refusesBadBodies(String body) {
        create(body).statusCode(400).body("error", is("BAD_REQUEST")).body("reason", notNullValue());
        as(customer).get("/v3/devices").then().body("devices.size()", is(0));
    }

    @ParameterizedTest
    @DisplayName("D2: display_name has 1 to 256 code points and gallery 1 to 128")
    @CsvSource({"1,1,201", "256,128,201", "257,1,400", "1,129,400"})
    void countsCodePoints(int name, int gallery, int status) {
        String face = "\uD83D\uDE42";
        create("{\"display_name\":\"%s\",\"metadata\":{\"gallery\":\"%s\"}}"
                        .formatted(face.repeat(name), face.repeat(gallery)))
                .statusCode(status);
    }

    @Test
    @DisplayName("D4: Other members of metadata are kept, returned and merged, up to 4 KiB")
    void keepsMetadata() {
        String id = create("{\"display_name\":\"a\",\"ignored\":1,\"metadata\":{\"gallery\":\"g\",\"floor\":2,"
                        + "\"tags\":[\"x\",null],\"deep\":{\"a\":\"\\u0000\\ud800\",\"b\":1.50}}}")
                .statusCode(201)
                .body("$", not(hasKey("ignored")))
                .body("metadata.deep.a", is("\u0000\uD800".substring(0, 2)))
                .extract()
                .path("uuid");
        patch(id, "{\"metadata\":{\"floor\":null,\"deep\":{\"b\":3},\"new\":true}}")
                .statusCode(200)
                .body("metadata", not(hasKey("floor")))
                .body("metadata.tags", equalTo(java.util.Arrays.asList("x", null)))
                .body("metadata.deep.b", is(3))
                .body("metadata.new", is(true))
                .body("metadata.gallery", is("g"));
        get(id).body("metadata.deep", aMapWithSize(2)).body("metadata.tags.size()", is(2));
        String note = "\"note\":\"%s\"".formatted("n".repeat(4096 - "{'gallery':'g','note':''}".length()));
        create("{\"display_name\":\"a\",\"metadata\":{\"gallery\":\"g\"," + note + "}}")
                .statusCode(201);
        create("{\"display_name\":\"a\",\"metadata\":{\"gallery\":\"gg\"," + note + "}}")
                .statusCode(400);
        patch(id, "{\"metadata\":{" + note + "}}").statusCode(400).body("error", is("BAD_REQUEST"));
    }

    @ParameterizedTest
    @DisplayName("D3: null for a required member, a wrong member and a patch that is no object are 400")
    @ValueSource(
            strings = {
                "null",
                "[]",
                "\"x\"",
                "5",
                "",
                "{,}",
                "{\"display_name\":null}",
                "{\"metadata\":null}",
                "{\"metadata\":{\"gallery\":null}}",
                "{\"metadata\":\"g\"}",
                "{\"display_name\":\"  \"}",
                "{\"display_name\":{}}",
                "{\"metadata\":{\"gallery\":[]}}"
            })
    void refusesBadPatches(String body) {
        String id = device(customer, "g");
        patch(id, body).statusCode(400).body("error", is("BAD_REQUEST"));
        get(id).body("display_name", is("Entrance")).body("metadata.gallery", is("g"));
    }

    @Test
    @DisplayName("D3: Read-only members in a patch are ignored")
    void ignoresReadOnlyMembers() {
        String id = device(customer, "g");
        patch(id, "{\"uuid\":\"x\",\"created\":null,\"updated\":1,\"display_name\":\"b\"}")
                .statusCode(200)
                .body("uuid", is(id))
                .body("created", greaterThanOrEqualTo(1_700_000_000))
                .body("display_name", is("b"));
    }

    @ParameterizedTest
    @DisplayName("B10: PATCH takes application/merge-patch+json and application/json, with parameters too")
    @ValueSource(
            strings = {
                "application/merge-patch+json",
                "application/json",
                "application/merge-patch+json; charset=utf-8",
                "application/json;charset=UTF-8"
            })
    void takesBothPatchTypes(String type) {
        String id = device(customer, "g");
        String name = "入口";
        as(customer)
                .header("Content-Type", type)
                .body(("{\"display_name\":\"" + name + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .patch("/v3/devices/" + id)
                .then()
                .statusCode(200)
                .body("display_name", is(name));
    }

    @Test
    @DisplayName("B3: A wrong or missing Content-Type is 400 BAD_REQUEST, never 415")
    void needsContentType() throws Exception {
        String id = device(customer, "g");
        String body = Customers.json("g");
        for (String type : List.of("text/plain", "application/merge-patch+json", "multipart/form-data; boundary=x")) {
            as(customer)
                    .header("Content-Type", type)
                    .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .post("/v3/devices")
                    .then()
                    .statusCode(400)
                    .body("error", is("BAD_REQUEST"));
        }
        as(customer)
                .header("Content-Type", "text/json")
                .body("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .patch("/v3/devices/" + id)
                .then()
                .statusCode(400)
                .body("error", is("BAD_REQUEST"));
        assertThat(Raw.send("POST", "/v3/devices", customer, body).statusCode()).isEqualTo(400);
        assertThat(Raw.send("PATCH", "/v3/devices/" + id, customer, "{}").body())
                .contains("BAD_REQUEST");
    }

    @Test
    @DisplayName("B11: Accept is ignored and HEAD works wherever GET does")
    void ignoresAccept() {
        String id = device(customer, "g");
        as(customer).accept("text/html").get("/v3/devices/" + id).then().statusCode(200);
        as(customer).accept("image/png;q=0.1").get("/v3/devices").then().statusCode(200);
        as(customer).head("/v3/devices/" + id).then().statusCode(200).body(is(""));
        as(customer).head("/v3/devices").then().statusCode(200);
        as(customer).head("/v3/devices/abc").then().statusCode(404);
    }

    @Test
    @DisplayName("B7, B8: A method that is not supported is 405 with Allow and a JSON body")
    void refusesOtherMethods() {
        String id = device(customer, "g");
        as(customer)
                .contentType(ContentType.JSON)
                .body("{}")
                .put("/v3/devices/" + id)
                .then()
                .statusCode(405)
                .header("Allow", allOf(containsString("GET"), containsString("PATCH"), containsString("DELETE")))
                .body("error", is("BAD_REQUEST"));
        as(customer).delete("/v3/devices").then().statusCode(405).header("Allow", containsString("POST"));
        as(customer).get("/v3/nothing").then().statusCode(404).body("error", is("BAD_RESOURCE"));
    }

    @Test
    @DisplayName("B9: Request-Id is echoed, with errors too")
    void echoesRequestId() {
        as(customer).header("Request-Id", "a!~1").get("/v3/devices").then().header("Request-Id", "a!~1");
        as(customer)
                .header("Request-Id", "b")
                .get("/v3/devices/x")
                .then()
                .statusCode(404)
                .header("Request-Id", "b");
        as(customer)
                .header("Request-Id", "c")
                .get("/v3/nothing")
                .then()
                .statusCode(404)
                .header("Request-Id", "c");
        as(customer)
                .header("Request-Id", "d")
                .delete("/v3/devices")
                .then()
                .statusCode(405)
                .header("Request-Id", "d");
    }

    @Test
    @DisplayName("C1: Devices are listed in order of creation, also those of one millisecond")
    void listsInOrder() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            made.add(device(customer, "g" + i));
        }
        as(customer).get("/v3/devices").then().body("page", is(1)).body("devices", equalTo(made));
        assertThat(made).isSorted();
    }

    @ParameterizedTest
    @DisplayName("C1: page from 1 and per_page from 1 to 1000, otherwise 400")
    @ValueSource(
            strings = {
                "page=0",
                "page=-1",
                "page=a",
                "page=",
                "page=1.0",
                "per_page=0",
                "per_page=1001",
                "per_page=x",
                "page=1&page=2",
                "page=99999999999"
            })
    void refusesBadPages(String query) {
        as(customer).get("/v3/devices?" + query).then().statusCode(400).body("error", is("BAD_REQUEST"));
    }

    @Test
    @DisplayName("C2: Past the end is 200 with an empty array; Link is one field and names what there is")
    void links() {
        for (int i = 0; i < 5; i++) {
            device(customer, "g");
        }
        as(customer).get("/v3/devices?per_page=5").then().statusCode(200).header("Link", nullValue());
        String first = link("?per_page=2&x=y");
        assertThat(first)
                .contains("rel=\"first\"", "rel=\"next\"", "rel=\"last\"")
                .doesNotContain("rel=\"prev\"");
        assertThat(first).startsWith("<http://").contains("/v3/devices?", "x=y", "page=3");
        assertThat(link("?page=2&per_page=2")).contains("rel=\"prev\"", "rel=\"next\"");
        assertThat(link("?page=3&per_page=2")).contains("rel=\"prev\"").doesNotContain("rel=\"next\"");
        as(customer)
                .get("/v3/devices?page=999999999&per_page=1000")
                .then()
                .statusCode(200)
                .body("page", is(999999999))
                .body("devices", is(List.of()));
    }

    @Test
    @DisplayName("C2: Links name the host that the caller used")
    void linksToTheCallersHost() {
        device(customer, "g");
        device(customer, "g");
        as(customer)
                .header("X-Forwarded-Host", "api.example.com")
                .header("X-Forwarded-Proto", "https")
                .get("/v3/devices?per_page=1")
                .then()
                .header("Link", containsString("<https://api.example.com/v3/devices?per_page=1&page=2>; rel=\"next\""));
    }

    @Test
    @DisplayName("Idempotency-Key: a repeat answers 201 with the same device, another body or customer does not")
    void createsOnce() {
        String key = UUID.randomUUID().toString();
        String first = once(customer, key, Customers.json("g"))
                .statusCode(201)
                .extract()
                .path("uuid");
        once(customer, key, Customers.json("g")).statusCode(201).body("uuid", is(first));
        once(customer, key, Customers.json("other")).statusCode(400).body("error", is("BAD_REQUEST"));
        once(fresh(), key, Customers.json("g")).statusCode(201).body("uuid", not(first));
        once(customer, "x".repeat(256), Customers.json("g")).statusCode(400);
        as(customer).get("/v3/devices").then().body("devices", equalTo(List.of(first)));
        as(customer).delete("/v3/devices/" + first).then().statusCode(204);
        once(customer, key, Customers.json("g")).statusCode(404).body("error", is("BAD_RESOURCE"));
    }

    @Test
    @DisplayName("A body beyond the limit is 413 with a JSON body")
    void refusesHugeBodies() {
        create("{\"display_name\":\"" + "x".repeat(300_000) + "\"}").statusCode(413);
    }

    private String link(String query) {
        List<String> fields = as(customer)
                .get("/v3/devices" + query)
                .then()
                .statusCode(200)
                .extract()
                .headers()
                .getValues("Link");
        assertThat(fields).hasSize(1);
        return fields.getFirst();
    }

    private static ValidatableResponse once(String customer, String key, String body) {
        return as(customer)
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v3/devices")
                .then();
    }

    private ValidatableResponse create(String body) {
        return as(customer)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v3/devices")
                .then();
    }

    private ValidatableResponse get(String id) {
        return as(customer).get("/v3/devices/" + id).then();
    }

    private ValidatableResponse patch(String id, String body) {
        return as(customer)
                .header("Content-Type", "application/merge-patch+json")
                .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .patch("/v3/devices/" + id)
                .then();
    }
}
