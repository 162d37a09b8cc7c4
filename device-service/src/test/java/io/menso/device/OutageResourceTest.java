package io.menso.device;

import static io.menso.device.Customers.as;
import static io.menso.device.Customers.asGateway;
import static io.menso.device.Customers.asOperator;
import static io.menso.device.Customers.device;
import static io.menso.device.Customers.fresh;
import static io.menso.device.Customers.key;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.menso.device.Customers.Key;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = FailingServers.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class OutageResourceTest {

    private final String customer = fresh();

    @Inject
    Database database;

    @SuppressWarnings("NullAway.Init")
    CutLine line;

    @Test
    @DisplayName("B13: With Kafka down keys are made and revoked, effective at once, and their events wait")
    void goesOn() {
        Instant start = Instant.now();
        String device = device(customer, "g");
        Key key = key(customer, device);
        Key other = key(customer, device);
        asGateway().get("/internal/keys/" + key.uuid()).then().statusCode(200);
        as(customer)
                .delete("/v3/devices/" + device + "/keys/" + key.uuid())
                .then()
                .statusCode(204);
        asGateway().get("/internal/keys/" + key.uuid()).then().statusCode(404);
        as(customer).delete("/v3/devices/" + device).then().statusCode(204);
        asGateway().get("/internal/keys/" + other.uuid()).then().statusCode(404);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(database.count("select count(*) from outbox where payload like ?", "%" + customer + "%"))
                .isEqualTo(4);
    }

    @Test
    @DisplayName("B13: With Kafka down customers are made and their keys rotate")
    void rotatesSystemKeys() {
        String kid = asOperator()
                .contentType(ContentType.JSON)
                .body("{\"handle\":\"" + customer + "\"}")
                .post("/internal/customers")
                .then()
                .statusCode(201)
                .extract()
                .path("production.kid");
        asOperator()
                .delete("/internal/customers/" + customer + "/keys/" + kid)
                .then()
                .statusCode(204);
        asGateway().get("/internal/keys/" + kid).then().statusCode(404);
    }

    @Test
    @DisplayName("B13: With Kafka down the service is ready, and health needs no token")
    void isReady() {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        given().port(port).get("/q/health/ready").then().statusCode(200);
        given().port(port).get("/q/health/live").then().statusCode(200);
        given().port(port).get("/q/metrics").then().statusCode(200);
    }

    @Test
    @DisplayName("B13: Without the database every call is 503 with Retry-After, and all goes on when it is back")
    void survivesTheDatabase() {
        String device = device(customer, "g");
        Key key = key(customer, device);
        line.cut();
        for (int i = 0; i < 12; i++) {
            isUnavailable(asGateway().get("/internal/keys/" + key.uuid()));
            isUnavailable(as(customer).get("/v3/devices"));
            isUnavailable(as(customer).post("/v3/devices/" + device + "/keys"));
            isUnavailable(as(customer).delete("/v3/devices/" + device));
        }
        line.mend();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> asGateway()
                        .get("/internal/keys/" + key.uuid())
                        .then()
                        .statusCode(200)
                        .body("secret", is(key.secret())));
        as(customer).get("/v3/devices/" + device + "/keys").then().body("keys", is(List.of(key.uuid())));
    }

    private static void isUnavailable(Response response) {
        response.then()
                .statusCode(503)
                .header("Retry-After", is("1"))
                .body("error", is("UNAVAILABLE"))
                .body("reason", not(containsString("postgres")));
    }
}
