package io.menso.device;

import static io.menso.device.Customers.as;
import static io.menso.device.Customers.asGateway;
import static io.menso.device.Customers.asOperator;
import static io.menso.device.Customers.device;
import static io.menso.device.Customers.fresh;
import static io.menso.device.Customers.key;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.is;

import io.menso.device.Customers.Key;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DeviceServers.class)
class KeyLookupResourceTest {

    private final String customer = fresh();

    @Test
    @DisplayName("The gateway finds a device key with its secret, device and gallery")
    void findsDeviceKeys() {
        String device = device(customer, "HALL");
        Key key = key(customer, device);
        find(key.uuid())
                .statusCode(200)
                .body("$", aMapWithSize(6))
                .body("kid", is(key.uuid()))
                .body("customer", is(customer))
                .body("environment", is("production"))
                .body("secret", is(key.secret()))
                .body("device", is(device))
                .body("gallery", is("HALL"));
    }

    @Test
    @DisplayName("D12: A device's new gallery holds from the next look-up on")
    void seesTheNewGallery() {
        String device = device(customer, "HALL");
        Key key = key(customer, device);
        as(customer)
                .contentType(ContentType.JSON)
                .body("{\"metadata\":{\"gallery\":\"GARDEN\"}}")
                .patch("/v3/devices/" + device)
                .then()
                .statusCode(200);
        find(key.uuid()).body("gallery", is("GARDEN"));
    }

    @Test
    @DisplayName("A9: A deleted key, and a key of a deleted device, are not found from the next look-up on")
    void forgetsDeletedKeys() {
        String device = device(customer, "g");
        Key first = key(customer, device);
        Key second = key(customer, device);
        as(customer)
                .delete("/v3/devices/" + device + "/keys/" + first.uuid())
                .then()
                .statusCode(204);
        find(first.uuid()).statusCode(404).body("error", is("BAD_RESOURCE"));
        find(second.uuid()).statusCode(200);
        as(customer).delete("/v3/devices/" + device).then().statusCode(204);
        find(second.uuid()).statusCode(404);
    }

    @Test
    @DisplayName("The gateway finds a system key without device and gallery")
    void findsSystemKeys() {
        String kid = asOperator()
                .contentType(ContentType.JSON)
                .body("{\"handle\":\"" + customer + "\"}")
                .post("/internal/customers")
                .then()
                .statusCode(201)
                .extract()
                .path("staging.kid");
        find(kid)
                .statusCode(200)
                .body("$", aMapWithSize(4))
                .body("customer", is(customer))
                .body("environment", is("staging"));
    }

    @Test
    @DisplayName("An unknown or malformed key id is 404, and only the gateway may ask")
    void refusesOthers() {
        find("0190ed85-5efa-70eb-84f0-144016696248").statusCode(404);
        find("abc").statusCode(404);
        Key key = key(customer, device(customer, "g"));
        as(customer).get("/internal/keys/" + key.uuid()).then().statusCode(401).body("error", is("BAD_AUTH"));
        asOperator().get("/internal/keys/" + key.uuid()).then().statusCode(401);
        given().get("/internal/keys/" + key.uuid()).then().statusCode(401);
    }

    private static ValidatableResponse find(String kid) {
        return asGateway().get("/internal/keys/" + kid).then();
    }
}
