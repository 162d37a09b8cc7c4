package io.menso.device;

import static io.menso.device.Customers.as;
import static io.menso.device.Customers.asGateway;
import static io.menso.device.Customers.asOperator;
import static io.menso.device.Customers.device;
import static io.menso.device.Customers.fresh;
import static io.menso.device.Customers.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.menso.device.Customers.Key;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DeviceServers.class)
class SecretsAtRestResourceTest {

    private static final String COLUMNS = """
            select table_name || '.' || column_name from information_schema.columns
            where table_schema = 'public' and data_type in ('text', 'bytea', 'character varying', 'json', 'jsonb')
            """;

    private final String customer = fresh();

    @Inject
    Database database;

    @Test
    @DisplayName("D11: No text or binary column of the database holds a secret, raw, in Base64 or in hexadecimal")
    void holdsNoSecret() {
        String device = device(customer, "g");
        Key key = key(customer, device);
        as(customer).get("/v3/devices/" + device + "/keys/" + key.uuid()).then().statusCode(200);
        String system = asOperator()
                .contentType(ContentType.JSON)
                .body("{\"handle\":\"" + customer + "\"}")
                .post("/internal/customers")
                .path("production.secret");
        assertThat(database.texts(COLUMNS)).contains("access_keys.secret", "data_keys.wrapped", "outbox.payload");
        for (String secret : List.of(key.secret(), system)) {
            assertThat(columnsThatHold(secret)).isEmpty();
        }
        assertThat(columnsThatHold(
                        Base64.getEncoder().encodeToString(customer.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .as("the scan finds what is there")
                .contains("devices.customer");
    }

    @Test
    @DisplayName("D11: A secret that was changed in the database is refused: 5xx, and nothing of it in the answer")
    void refusesTamperedSecrets() {
        String device = device(customer, "g");
        Key key = key(customer, device);
        database.update(
                "update access_keys set secret = set_byte(secret, 20, 255 - get_byte(secret, 20)) where id = ?",
                Database.uuid(key.uuid()));
        refuses(device, key);
    }

    @Test
    @DisplayName("D11: A secret that was copied from another key, or another tenant's data key, is refused")
    void refusesSwappedSecrets() {
        String device = device(customer, "g");
        Key victim = key(customer, device);
        Key own = key(customer, device);
        database.update(
                "update access_keys set secret = (select secret from access_keys where id = ?) where id = ?",
                Database.uuid(own.uuid()),
                Database.uuid(victim.uuid()));
        refuses(device, victim);
        String other = fresh();
        key(other, device(other, "g"));
        database.update(
                "update data_keys set wrapped = (select wrapped from data_keys where customer = ?) where customer = ?",
                other,
                customer);
        refuses(device, own);
    }

    @Test
    @DisplayName("Destroying a tenant's data key destroys its secrets, and only its")
    void forgetsWithTheDataKey() {
        String device = device(customer, "g");
        Key key = key(customer, device);
        String other = fresh();
        Key safe = key(other, device(other, "g"));
        assertThat(database.update("delete from data_keys where customer = ?", customer))
                .isEqualTo(1);
        asGateway().get("/internal/keys/" + key.uuid()).then().statusCode(404);
        asGateway().get("/internal/keys/" + safe.uuid()).then().statusCode(200);
    }

    @Test
    @DisplayName("A tenant gets one data key, also when its first keys are made at once")
    void makesOneDataKey() throws Exception {
        String device = device(customer, "g");
        List<String> devices = new ArrayList<>(List.of(device));
        for (int i = 0; i < 5; i++) {
            devices.add(device(customer, "g"));
        }
        List<Key> keys = Parallel.run(6, i -> key(customer, devices.get(i)));
        assertThat(database.count("select count(*) from data_keys where customer = ?", customer))
                .isEqualTo(1);
        keys.forEach(
                key -> asGateway().get("/internal/keys/" + key.uuid()).then().body("secret", is(key.secret())));
    }

    private void refuses(String device, Key key) {
        as(customer)
                .get("/v3/devices/" + device + "/keys/" + key.uuid())
                .then()
                .statusCode(500)
                .body(not(containsString("crypt")))
                .body(not(containsString("secret")));
        asGateway().get("/internal/keys/" + key.uuid()).then().statusCode(500).body("secret", is((Object) null));
    }

    private List<String> columnsThatHold(String secret) {
        byte[] raw = Base64.getDecoder().decode(secret);
        String hex = HexFormat.of().formatHex(raw);
        String text = "encode(convert_to(%s::text, 'UTF8'), 'hex')";
        List<String> found = new ArrayList<>();
        for (String column : database.texts(COLUMNS)) {
            String table = column.substring(0, column.indexOf('.'));
            long hits = database.count(
                    ("select count(*) from %s where %s like ? or %s::text like ? or %s::text like ?")
                            .formatted(table, text.formatted(column), column, column),
                    "%" + hex + "%",
                    "%" + hex + "%",
                    "%" + secret.replace("=", "") + "%");
            if (hits > 0) {
                found.add(column);
            }
        }
        return found;
    }
}
