package io.menso.device;

import static io.menso.device.Customers.as;
import static io.menso.device.Customers.device;
import static io.menso.device.Customers.fresh;
import static io.menso.device.Customers.key;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.menso.device.Customers.Key;
import io.menso.testing.InternalTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DeviceServers.class)
class KeyResourceTest {

    private static final String UNKNOWN = "0190ed85-5efa-70eb-84f0-144016696248";

    private final String customer = fresh();

    @Inject
    Database database;

    @Test
    @DisplayName("A2, A3, D11: A key has a secret of 64 bytes in padded Base64, and GET returns it again")
    void returnsTheSecretAgain() {
        String device = device(customer, "g");
        Key key = key(customer, device);
        assertThat(Base64.getDecoder().decode(key.secret())).hasSize(64);
        assertThat(key.secret()).hasSize(88).endsWith("==");
        assertThat(UUID.fromString(key.uuid()).version()).isEqualTo(7);
        get(device, key.uuid())
                .statusCode(200)
                .body("$", aMapWithSize(3))
                .body("uuid", is(key.uuid()))
                .body("secret", is(key.secret()))
                .extract()
                .jsonPath()
                .getLong("created");
        assertThat(key(customer, device).secret()).isNotEqualTo(key.secret());
    }

    @ParameterizedTest
    @DisplayName("B10: POST needs no body and no Content-Type, and takes any")
    @ValueSource(strings = {"", "application/json", "text/plain"})
    void needsNoBody(String type) throws Exception {
        String device = device(customer, "g");
        String path = "/v3/devices/" + device + "/keys";
        if (type.isEmpty()) {
            assertThat(Raw.send("POST", path, customer, "").statusCode()).isEqualTo(201);
        } else {
            as(customer)
                    .header("Content-Type", type)
                    .body("{,".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .post(path)
                    .then()
                    .statusCode(201);
        }
    }

    @Test
    @DisplayName("D11: Each answer with a secret leaves an audit record: who, what, which request, never the secret")
    void audits() {
        String device = device(customer, "g");
        Key key = key(customer, device);
        assertThat(records("key.create", key.uuid())).hasSize(1);
        assertThat(records("key.read", key.uuid())).isEmpty();
        String token = InternalTokens.system(customer, "production");
        given().auth()
                .oauth2(token)
                .header("Request-Id", "audit-me")
                .get("/v3/devices/" + device + "/keys/" + key.uuid())
                .then()
                .statusCode(200);
        String caller = new io.vertx.core.json.JsonObject(new String(
                        Base64.getUrlDecoder().decode(token.split("\\.")[1]), java.nio.charset.StandardCharsets.UTF_8))
                .getString("key");
        assertThat(records("key.read", key.uuid()))
                .singleElement()
                .asString()
                .contains(caller, "audit-me", customer, "production")
                .doesNotContain(key.secret());
        get(device, UNKNOWN).statusCode(404);
        as(customer)
                .delete("/v3/devices/" + device + "/keys/" + key.uuid())
                .then()
                .statusCode(204);
        assertThat(records("key.delete", key.uuid())).hasSize(1);
    }

    @Test
    @DisplayName("B1, B2: Keys of unknown, malformed, other devices and other customers are 404 BAD_RESOURCE")
    void hidesWhatIsNotThere() {
        String device = device(customer, "g");
        String other = device(customer, "g");
        Key key = key(customer, device);
        get(device, UNKNOWN).statusCode(404).body("error", is("BAD_RESOURCE")).body("reason", is("Key does not exist"));
        get(device, "0190ed93-f885-7648-bddf-687fdbf5bf0").statusCode(404).body("error", is("BAD_RESOURCE"));
        get(other, key.uuid()).statusCode(404).body("error", is("BAD_RESOURCE"));
        get(UNKNOWN, key.uuid()).statusCode(404).body("error", is("BAD_RESOURCE"));
        for (String id : List.of(UNKNOWN, "abc")) {
            as(customer)
                    .get("/v3/devices/" + id + "/keys")
                    .then()
                    .statusCode(404)
                    .body("error", is("BAD_RESOURCE"));
            as(customer)
                    .post("/v3/devices/" + id + "/keys")
                    .then()
                    .statusCode(404)
                    .body("error", is("BAD_RESOURCE"));
        }
        String path = "/v3/devices/" + device + "/keys";
        String one = path + "/" + key.uuid();
        for (var stranger : List.of(List.of(fresh(), "production"), List.of(customer, "staging"))) {
            String name = stranger.getFirst();
            String environment = stranger.getLast();
            as(name, environment).get(path).then().statusCode(404).body("reason", is("Device does not exist"));
            as(name, environment).post(path).then().statusCode(404).body("reason", is("Device does not exist"));
            as(name, environment).get(one).then().statusCode(404).body("reason", is("Key does not exist"));
            as(name, environment).delete(one).then().statusCode(404).body("reason", is("Device does not exist"));
        }
        get(device, key.uuid()).statusCode(200);
    }

    @Test
    @DisplayName("A deleted key is gone, and a second deletion is 404")
    void deletes() {
        String device = device(customer, "g");
        Key key = key(customer, device);
        String path = "/v3/devices/" + device + "/keys/" + key.uuid();
        as(customer).delete(path).then().statusCode(204).body(is(""));
        as(customer).delete(path).then().statusCode(404).body("error", is("BAD_RESOURCE"));
        get(device, key.uuid()).statusCode(404);
        as(customer).get("/v3/devices/" + device + "/keys").then().body("keys", is(List.of()));
    }

    @Test
    @DisplayName("A9: Deleting a device deletes its keys")
    void followsItsDevice() {
        String device = device(customer, "g");
        Key key = key(customer, device);
        as(customer).delete("/v3/devices/" + device).then().statusCode(204);
        get(device, key.uuid()).statusCode(404);
        assertThat(database.count("select count(*) from access_keys where id = ?", Database.uuid(key.uuid())))
                .isZero();
    }

    @Test
    @DisplayName("C1, C2, C3: Keys are listed in order of creation, page by page")
    void lists() {
        String device = device(customer, "g");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(key(customer, device).uuid());
        }
        String path = "/v3/devices/" + device + "/keys";
        as(customer).get(path).then().body("page", is(1)).body("keys", equalTo(made));
        as(customer)
                .get(path + "?page=3&per_page=2")
                .then()
                .body("page", is(3))
                .body("keys", equalTo(made.subList(4, 5)))
                .header("Link", containsString("/v3/devices/" + device + "/keys?"));
        as(customer).get(path + "?page=9").then().statusCode(200).body("keys", is(List.of()));
        as(customer).get(path + "?per_page=1001").then().statusCode(400).body("error", is("BAD_REQUEST"));
    }

    @Test
    @DisplayName("D12: A device has at most 10 keys, then 400, until one is deleted")
    void limitsKeys() {
        String device = device(customer, "g");
        Key first = key(customer, device);
        for (int i = 1; i < 10; i++) {
            key(customer, device);
        }
        as(customer)
                .post("/v3/devices/" + device + "/keys")
                .then()
                .statusCode(400)
                .body("error", is("BAD_REQUEST"))
                .body("reason", notNullValue());
        as(customer)
                .delete("/v3/devices/" + device + "/keys/" + first.uuid())
                .then()
                .statusCode(204);
        key(customer, device);
    }

    @Test
    @DisplayName("D12: Parallel POSTs do not get past the limit")
    void limitsKeysInParallel() throws Exception {
        String device = device(customer, "g");
        List<Integer> answers = Parallel.run(
                25, i -> as(customer).post("/v3/devices/" + device + "/keys").statusCode());
        assertThat(answers).filteredOn(status -> status == 201).hasSize(10);
        assertThat(answers).filteredOn(status -> status == 400).hasSize(15);
        assertThat(database.count("select count(*) from access_keys where device_id = ?", Database.uuid(device)))
                .isEqualTo(10);
    }

    @Test
    @DisplayName("Idempotency-Key: a repeat answers 201 with the same key and secret, also in parallel")
    void createsOnce() throws Exception {
        String device = device(customer, "g");
        List<Key> answers = Parallel.run(
                8,
                i -> as(customer)
                        .header("Idempotency-Key", "once")
                        .post("/v3/devices/" + device + "/keys")
                        .then()
                        .statusCode(201)
                        .extract()
                        .as(Key.class));
        assertThat(answers.stream().distinct()).hasSize(1);
        String other = device(customer, "g");
        as(customer)
                .header("Idempotency-Key", "once")
                .post("/v3/devices/" + other + "/keys")
                .then()
                .statusCode(201)
                .body("uuid", org.hamcrest.Matchers.not(answers.getFirst().uuid()));
        assertThat(records("key.read", answers.getFirst().uuid())).hasSize(7);
    }

    private List<String> records(String action, String object) {
        return database.texts(
                "select row_to_json(a)::text from audit_records a where action = ? and object = ?", action, object);
    }

    private ValidatableResponse get(String device, String key) {
        return as(customer).get("/v3/devices/" + device + "/keys/" + key).then();
    }
}
