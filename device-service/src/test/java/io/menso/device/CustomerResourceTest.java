package io.menso.device;

import static io.menso.device.Customers.as;
import static io.menso.device.Customers.asGateway;
import static io.menso.device.Customers.asOperator;
import static io.menso.device.Customers.device;
import static io.menso.device.Customers.fresh;
import static io.menso.device.Customers.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DeviceServers.class)
class CustomerResourceTest {

    private final String customer = fresh();

    @Inject
    Database database;

    @Test
    @DisplayName("A customer starts with one working key for each environment")
    void creates() {
        var made = create(customer)
                .statusCode(201)
                .body("$", aMapWithSize(3))
                .body("handle", is(customer))
                .extract();
        for (String environment : List.of("production", "staging")) {
            String secret = made.path(environment + ".secret");
            assertThat(Base64.getDecoder().decode(secret)).hasSize(64);
            asGateway()
                    .get("/internal/keys/" + made.path(environment + ".kid"))
                    .then()
                    .statusCode(200)
                    .body("customer", is(customer))
                    .body("environment", is(environment))
                    .body("secret", is(secret));
        }
        assertThat(made.<String>path("production.secret")).isNotEqualTo(made.path("staging.secret"));
    }

    @Test
    @DisplayName("A customer that exists is 400, also when several requests make it at once")
    void createsOnce() throws Exception {
        List<Integer> answers = Parallel.run(6, i -> create(customer).extract().statusCode());
        assertThat(answers)
                .containsOnlyOnce(201)
                .filteredOn(status -> status == 400)
                .hasSize(5);
        create(customer).statusCode(400).body("error", is("BAD_REQUEST"));
        list(customer).body("keys", hasSize(2));
    }

    @ParameterizedTest
    @DisplayName("A handle is lower-case letters, digits and hyphens, 1 to 63")
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"handle\":null}",
                "{\"handle\":7}",
                "{\"handle\":\"\"}",
                "{\"handle\":\"-a\"}",
                "{\"handle\":\"A\"}",
                "{\"handle\":\"a/b\"}",
                "{\"handle\":\"a\\n\"}",
                "{\"handle\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}"
            })
    void checksHandles(String body) {
        asOperator()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/internal/customers")
                .then()
                .statusCode(400)
                .body("error", is("BAD_REQUEST"));
    }

    @Test
    @DisplayName("A13: Keys rotate without downtime: a second key works beside the first, which then is revoked")
    void rotates() {
        String old = create(customer).extract().path("production.kid");
        String fresh = addKey(customer, "production")
                .statusCode(201)
                .body("$", aMapWithSize(3))
                .body("environment", is("production"))
                .body("secret", notNullValue())
                .extract()
                .path("kid");
        asGateway().get("/internal/keys/" + old).then().statusCode(200);
        asGateway().get("/internal/keys/" + fresh).then().statusCode(200);
        revoke(customer, old).statusCode(204);
        asGateway().get("/internal/keys/" + old).then().statusCode(404);
        asGateway().get("/internal/keys/" + fresh).then().statusCode(200);
        revoke(customer, old).statusCode(404).body("error", is("BAD_RESOURCE"));
        list(customer)
                .statusCode(200)
                .body("keys", hasSize(3))
                .body("keys.environment", contains("production", "staging", "production"))
                .body("keys[0].kid", is(old))
                .body("keys[0].created", notNullValue())
                .body("keys[0].revoked", notNullValue())
                .body("keys[1].revoked", nullValue())
                .body("keys[0].secret", nullValue());
        assertThat(database.texts("select secret::text from access_keys where id = ?", Database.uuid(old)))
                .containsExactly((String) null);
    }

    @Test
    @DisplayName("Revoking once of several requests at once answers 204, the others 404")
    void revokesOnce() throws Exception {
        String kid = create(customer).extract().path("staging.kid");
        List<Integer> answers =
                Parallel.run(6, i -> revoke(customer, kid).extract().statusCode());
        assertThat(answers)
                .containsOnlyOnce(204)
                .filteredOn(status -> status == 404)
                .hasSize(5);
    }

    @Test
    @DisplayName("Unknown customers, other customers' keys, device keys and unknown environments are refused")
    void refusesWhatIsNotThere() {
        String kid = create(customer).extract().path("production.kid");
        String other = fresh();
        create(other).statusCode(201);
        revoke(other, kid).statusCode(404);
        revoke(customer, "abc").statusCode(404);
        revoke(customer, key(customer, device(customer, "g")).uuid()).statusCode(404);
        list(fresh()).statusCode(404).body("error", is("BAD_RESOURCE"));
        addKey(fresh(), "production").statusCode(404);
        addKey(customer, "testing").statusCode(400).body("error", is("BAD_REQUEST"));
        asGateway().get("/internal/keys/" + kid).then().statusCode(200);
    }

    @Test
    @DisplayName("Only the operator may call, and what it does is recorded")
    void isForTheOperator() {
        String kid = create(customer).extract().path("production.kid");
        as(customer).get("/internal/customers/" + customer + "/keys").then().statusCode(401);
        asGateway().get("/internal/customers/" + customer + "/keys").then().statusCode(401);
        as(customer)
                .delete("/internal/customers/" + customer + "/keys/" + kid)
                .then()
                .statusCode(401);
        revoke(customer, kid).statusCode(204);
        assertThat(database.texts(
                        "select action from audit_records where customer = ? and object = ? order by id",
                        customer,
                        kid))
                .containsExactly("system-key.create", "system-key.revoke");
    }

    @Test
    @DisplayName("A customer's keys are not another's")
    void keepsCustomersApart() {
        String kid = create(customer).extract().path("production.kid");
        String other = fresh();
        create(other).statusCode(201);
        list(other).body("keys.kid", not(org.hamcrest.Matchers.hasItem(kid)));
    }

    private static ValidatableResponse create(String handle) {
        return asOperator()
                .contentType(ContentType.JSON)
                .body("{\"handle\":\"" + handle + "\"}")
                .post("/internal/customers")
                .then();
    }

    private static ValidatableResponse list(String handle) {
        return asOperator().get("/internal/customers/" + handle + "/keys").then();
    }

    private static ValidatableResponse addKey(String handle, String environment) {
        return asOperator()
                .contentType(ContentType.JSON)
                .body("{\"environment\":\"" + environment + "\"}")
                .post("/internal/customers/" + handle + "/keys")
                .then();
    }

    private static ValidatableResponse revoke(String handle, String kid) {
        return asOperator()
                .delete("/internal/customers/" + handle + "/keys/" + kid)
                .then();
    }
}
