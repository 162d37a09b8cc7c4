package io.menso.identity;

import static io.restassured.RestAssured.given;

import io.menso.testing.InternalTokens;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/// Requests of a customer's back-end. Each test takes a customer of its own, so that none sees another's data.
public record Api(String customer, String environment) {

    public static Api newCustomer() {
        return new Api("customer-" + UUID.randomUUID(), "production");
    }

    public Api staging() {
        return new Api(customer, "staging");
    }

    public String eventKey(String id) {
        return customer + "/" + environment + "/" + id;
    }

    public RequestSpecification request() {
        return given().auth().oauth2(InternalTokens.system(customer, environment));
    }

    public RequestSpecification json(String body) {
        return request().contentType(ContentType.JSON).body(body);
    }

    public RequestSpecification patch(String body) {
        return request().contentType("application/merge-patch+json").body(body);
    }

    public String newUser() {
        return newUser("Ann");
    }

    public String newUser(String name) {
        return json("{\"display_name\":\"" + name + "\"}")
                .post("/v3/users")
                .then()
                .statusCode(201)
                .extract()
                .path("uuid");
    }

    public JsonPath user(String id) {
        return request().get("/v3/users/" + id).then().statusCode(200).extract().jsonPath();
    }

    public static String tokenBody(long from, long through, String gallery) {
        return "{\"valid_from\":" + from + ",\"valid_through\":" + through + ",\"metadata\":{\"gallery\":\"" + gallery
                + "\"}}";
    }

    public String newToken(String user) {
        return json(tokenBody(100, 200, "NAGANO"))
                .post("/v3/users/" + user + "/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("uuid");
    }

    public JsonPath token(String user, String id) {
        return request()
                .get("/v3/users/" + user + "/tokens/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /// The documented error body.
    public static ValidatableResponse assertError(ValidatableResponse response, int status, String error) {
        return response.statusCode(status)
                .contentType(ContentType.JSON)
                .body("error", org.hamcrest.Matchers.is(error))
                .body("reason", org.hamcrest.Matchers.not(org.hamcrest.Matchers.blankOrNullString()));
    }
}
