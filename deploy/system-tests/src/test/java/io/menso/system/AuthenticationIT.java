package io.menso.system;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.menso.local.api.Credentials;
import io.menso.local.api.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationIT {

    private static final Duration MINUTES = Duration.ofMinutes(5);

    private final Client backend = Client.backend();

    @Test
    @DisplayName("A10: no token is 401 with WWW-Authenticate")
    void noToken() {
        given().baseUri(backend.url())
                .get("/v3/users")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer"))
                .body("error", equalTo("BAD_AUTH"));
    }

    @Test
    @DisplayName("A4: aud must be the host that is asked")
    void otherAudience() {
        refused(
                Tokens.caller(
                        URI.create("http://example.org"),
                        backend.customer(),
                        backend.kid(),
                        backend.secret(),
                        MINUTES,
                        Clock.systemUTC()),
                "aud");
    }

    @Test
    @DisplayName("A5: an expired token and one that lives longer than an hour are refused")
    void times() {
        Clock yesterday = Clock.fixed(Instant.now().minusSeconds(86400), ZoneOffset.UTC);
        refused(token(MINUTES, yesterday), "expired");
        refused(token(Duration.ofSeconds(3601), Clock.systemUTC()), "");
    }

    @Test
    @DisplayName("A6: sub is the handle of the customer that owns the key")
    void otherCustomer() {
        refused(
                Tokens.caller(
                        URI.create(backend.url()),
                        "somebody",
                        backend.kid(),
                        backend.secret(),
                        MINUTES,
                        Clock.systemUTC()),
                "sub");
    }

    @Test
    @DisplayName("A11: a forged signature and an unknown key look the same")
    void forged() {
        refused(backend.withSecret(new byte[64]).token(), "Unknown key or bad signature");
        refused(
                new Client(backend.url(), backend.customer(), "no-such-key", backend.secret()).token(),
                "Unknown key or bad signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "RS256", "ES256", "hs256", "HS1"})
    @DisplayName("A2: only HS256, HS384 and HS512 are accepted, by name")
    void otherAlgorithms(String algorithm) {
        String[] parts = backend.token().split("\\.");
        String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + backend.kid() + "\"}";
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));

        refused(forged + "." + parts[1] + "." + parts[2], "Unknown key or bad signature");
        refused(forged + "." + parts[1] + ".", "Unknown key or bad signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b", "a.b.c", "a.b.c.d", "....", "e30.e30.e30", "%00", "=.=.="})
    @DisplayName("A14: a malformed token gets the same reason as a bad signature")
    void malformed(String token) {
        refused(token, "Unknown key or bad signature");
    }

    @Test
    @DisplayName("A12: a token in the query string is never read")
    void tokenInQuery() {
        given().baseUri(backend.url())
                .queryParam("access_token", backend.token())
                .get("/v3/users")
                .then()
                .statusCode(401);
    }

    @Test
    @DisplayName("A13: system keys rotate: a new one works beside the old, a revoked one dies at once")
    void rotation() throws Exception {
        RunningSuite suite = RunningSuite.get();
        Credentials customer = suite.newCustomer("rotate-" + java.util.UUID.randomUUID());
        JsonNode key = io.menso.local.stack.Json.MAPPER.readTree(
                suite.menso("key", "create", "--customer", customer.customer()).output());
        Client fresh = new Client(
                customer.url(),
                customer.customer(),
                key.path("kid").asText(),
                key.path("secret").asText());
        Client old = Client.production(customer);
        fresh.request().get("/v3/users").then().statusCode(200);
        old.request().get("/v3/users").then().statusCode(200);

        suite.menso("key", "revoke", "--customer", customer.customer(), old.kid());

        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(1))
                .until(() -> old.request().get("/v3/users").statusCode() == 401);
        fresh.request().get("/v3/users").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identity-service /v3/users",
                "device-service /v3/devices",
                "inference-service /v3/models",
                "pipeline-service /v3/pipelines",
                "matching-service /v3/users/019c0000-0000-7000-8000-000000000000/face",
                "device-service /internal/keys/any"
            })
    @DisplayName("A15: a service's own port refuses every call without a valid internal token")
    void servicePorts(String target) {
        String service = target.substring(0, target.indexOf(' '));
        String path = target.substring(target.indexOf(' ') + 1);
        int port = RunningSuite.get().state(service).path("port").asInt();

        for (String authorization : List.of("Bearer " + backend.token(), "Basic YTpi", "Bearer x.y.z")) {
            given().baseUri("http://127.0.0.1:" + port)
                    .header("Authorization", authorization)
                    .header("X-Customer", backend.customer())
                    .get(path)
                    .then()
                    .statusCode(401);
        }
        given().baseUri("http://127.0.0.1:" + port).get(path).then().statusCode(401);
    }

    private String token(Duration life, Clock clock) {
        return Tokens.caller(
                URI.create(backend.url()), backend.customer(), backend.kid(), backend.secret(), life, clock);
    }

    private void refused(String token, String reason) {
        given().baseUri(backend.url())
                .header("Authorization", "Bearer " + token)
                .get("/v3/users")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""))
                .body("error", equalTo("BAD_AUTH"))
                .body("reason", containsString(reason));
    }
}
