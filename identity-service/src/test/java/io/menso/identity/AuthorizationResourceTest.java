package io.menso.identity;

import static io.menso.identity.Api.assertError;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.startsWith;

import io.menso.testing.InternalTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(IdentityServers.class)
class AuthorizationResourceTest {

    private static final String ID = UUID.randomUUID().toString();

    @ParameterizedTest
    @CsvSource({
        "GET,/v3/users",
        "POST,/v3/users",
        "GET,/v3/users/abc",
        "PATCH,/v3/users/{id}",
        "DELETE,/v3/users/{id}",
        "GET,/v3/users/{id}/tokens",
        "POST,/v3/users/{id}/tokens",
        "GET,/v3/users/{id}/tokens/{id}",
        "PATCH,/v3/users/{id}/tokens/{id}",
        "DELETE,/v3/users/{id}/tokens/{id}",
        "GET,/internal/users/{id}",
        "GET,/nothing/here"
    })
    @DisplayName("A15, B1: without a valid internal token everything is 401, whatever else a request brings")
    void refusesWithoutToken(Method method, String path) {
        String target = path.replace("{id}", ID);
        List<RequestSpecification> requests = List.of(
                given(),
                given().header("X-Customer", "acme").header("X-Forwarded-User", "acme"),
                given().auth().oauth2("nonsense"),
                given().auth().oauth2(InternalTokens.expired("acme", "production")),
                given().auth().preemptive().basic("acme", "secret"));
        for (RequestSpecification request : requests) {
            ValidatableResponse refused = request.body("{")
                    .contentType("application/json")
                    .request(method, target)
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", startsWith("Bearer"));
            if (!path.startsWith("/nothing")) {
                assertError(refused, 401, "BAD_AUTH");
            }
        }
    }

    @Test
    @DisplayName("A8: devices, operators and the gateway itself may not manage users")
    void refusesOtherGroups() {
        String device = InternalTokens.device("acme", "production", UUID.randomUUID(), "NAGANO");
        for (String token : List.of(device, InternalTokens.operator(), InternalTokens.gateway())) {
            assertError(given().auth().oauth2(token).get("/v3/users").then(), 401, "BAD_AUTH");
            assertError(given().auth().oauth2(token).delete("/v3/users/" + ID).then(), 401, "BAD_AUTH");
            assertError(
                    given().auth()
                            .oauth2(token)
                            .get("/v3/users/" + ID + "/tokens")
                            .then(),
                    401,
                    "BAD_AUTH");
        }
        assertError(given().auth().oauth2(device).get("/internal/users/" + ID).then(), 404, "BAD_RESOURCE");
        assertError(
                given().auth()
                        .oauth2(InternalTokens.gateway())
                        .get("/internal/users/" + ID)
                        .then(),
                401,
                "BAD_AUTH");
    }

    @Test
    @DisplayName("B8: a path that does not exist is 404 with the documented body")
    void answersUnknownPaths() {
        assertError(Api.newCustomer().request().get("/v3/nothing").then(), 404, "BAD_RESOURCE");
    }
}
