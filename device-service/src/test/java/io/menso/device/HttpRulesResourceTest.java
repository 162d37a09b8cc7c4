package io.menso.device;

import static io.menso.device.Customers.as;
import static io.menso.device.Customers.device;
import static io.menso.device.Customers.fresh;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.menso.testing.InternalTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DeviceServers.class)
class HttpRulesResourceTest {

    private final String customer = fresh();

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
    @DisplayName("A body beyond the limit is 413 with a JSON body")
    void refusesHugeBodies() {
        create("{\"display_name\":\"" + "x".repeat(300_000) + "\"}").statusCode(413);
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

    private ValidatableResponse create(String body) {
        return as(customer)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v3/devices")
                .then();
    }
}
