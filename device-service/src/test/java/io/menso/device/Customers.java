package io.menso.device;

import static io.restassured.RestAssured.given;

import io.menso.testing.InternalTokens;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/// Calls to the service as its callers make them.
final class Customers {

    private Customers() {}

    /// A customer that no other test knows.
    static String fresh() {
        return "customer-" + UUID.randomUUID();
    }

    static RequestSpecification as(String customer) {
        return as(customer, "production");
    }

    static RequestSpecification as(String customer, String environment) {
        return given().auth().oauth2(InternalTokens.system(customer, environment));
    }

    static RequestSpecification asGateway() {
        return given().auth().oauth2(InternalTokens.gateway());
    }

    static RequestSpecification asOperator() {
        return given().auth().oauth2(InternalTokens.operator());
    }

    /// @return the new device's id
    static String device(String customer, String gallery) {
        return as(customer)
                .contentType(ContentType.JSON)
                .body(json(gallery))
                .post("/v3/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("uuid");
    }

    static String json(String gallery) {
        return "{\"display_name\": \"Entrance\", \"metadata\": {\"gallery\": \"" + gallery + "\"}}";
    }

    /// @return the new key as the API answers it
    static Key key(String customer, String device) {
        return as(customer)
                .post("/v3/devices/" + device + "/keys")
                .then()
                .statusCode(201)
                .extract()
                .as(Key.class);
    }

    /// A device key.
    record Key(String uuid, long created, String secret) {}
}
