package io.menso.device;

import static io.menso.device.Customers.as;
import static io.menso.device.Customers.device;
import static io.menso.device.Customers.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
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

    @Inject
    Database database;

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

    @Test
    @DisplayName("D4: Numbers in metadata keep their value, and a patch that changes none leaves the device as it was")
    void keepsNumbers() {
        String metadata = "{\"gallery\":\"g\",\"big\":1E+400,\"fine\":0.12345678901234567890123,\"whole\":10}";
        String id = create("{\"display_name\":\"a\",\"metadata\":" + metadata + "}")
                .statusCode(201)
                .body(containsString(metadata))
                .extract()
                .path("uuid");
        patch(id, "{\"metadata\":{\"big\":1e400}}").statusCode(200).body(containsString(metadata));
        get(id).body(containsString(metadata));
    }

    @Test
    @DisplayName("B11: Bytes that are text in no encoding are 400")
    void refusesBytesThatAreNoText() {
        for (byte[] body : new byte[][] {{0, 0, 0, '{', -1, -1, -1, -1}, {'{', '"', -1, '"', ':', '1', '}'}}) {
            as(customer)
                    .header("Content-Type", "application/json")
                    .body(body)
                    .post("/v3/devices")
                    .then()
                    .statusCode(400)
                    .body("error", is("BAD_REQUEST"));
        }
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
    @DisplayName("D3: A patch that changes nothing leaves updated as it was, any other moves it; created stays")
    void movesUpdated() {
        String id = create("{\"display_name\":\"a\",\"metadata\":{\"gallery\":\"g\",\"n\":1.5,\"x\":[1,{}]}}")
                .extract()
                .path("uuid");
        database.update(
                "update devices set created_at = to_timestamp(1000), updated_at = to_timestamp(2000.9) where id = ?",
                Database.uuid(id));
        for (String same : List.of(
                "{}",
                "{\"display_name\":\"a\"}",
                "{\"metadata\":{\"gallery\":\"g\",\"x\":[1,{}],\"absent\":null}}",
                "{\"uuid\":\"x\"}")) {
            patch(id, same).statusCode(200).body("updated", is(2000));
        }
        patch(id, "{\"metadata\":{\"n\":2}}")
                .statusCode(200)
                .body("created", is(1000))
                .body("updated", greaterThanOrEqualTo(1_700_000_000));
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
