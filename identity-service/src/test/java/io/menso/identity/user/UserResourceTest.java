package io.menso.identity.user;

import static io.menso.identity.Api.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import io.menso.identity.Api;
import io.menso.identity.EventLog;
import io.menso.identity.FakeMatching;
import io.menso.identity.IdentityServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(IdentityServers.class)
class UserResourceTest {

    private final Api api = Api.newCustomer();

    @Inject
    FakeMatching matching;

    @Inject
    EventLog events;

    @BeforeEach
    void start() {
        matching.up();
    }

    @Test
    @DisplayName("A created user comes back with the documented members and no others")
    void creates() {
        long before = Instant.now().getEpochSecond();
        JsonPath made = api.json("{\"display_name\":\"John Smith\",\"unknown\":1}")
                .post("/v3/users")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        assertThat(made.getMap("$").keySet().toString()).isEqualTo("[uuid, created, updated, display_name]");
        assertThat(made.getString("display_name")).isEqualTo("John Smith");
        assertThat(made.getLong("created")).isGreaterThanOrEqualTo(before).isEqualTo(made.getLong("updated"));
        assertThat(UUID.fromString(made.getString("uuid")).version()).isEqualTo(7);
        assertThat(api.user(made.getString("uuid")).getMap("$")).isEqualTo(made.getMap("$"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"display_name\":\"a\",}",
                "{\"display_name\":\"a\"} x",
                "{'display_name':'a'}",
                "{\"display_name\":\"a\",\"display_name\":\"b\"}",
                "[]",
                "\"a\"",
                "null",
                "{}",
                "{\"display_name\":null}",
                "{\"display_name\":5}",
                "{\"display_name\":true}",
                "{\"display_name\":[\"a\"]}",
                "{\"display_name\":\"\"}",
                "{\"display_name\":\"  \\u00a0\\u3000\"}",
                "{\"display_name\":\"a\\u0000\"}",
                "{\"display_name\":\"a\\nb\"}",
                "{\"display_name\":\"a\\u0085b\"}",
                "{\"display_name\":\"\\ud800\"}"
            })
    @DisplayName("B5, B11, D2: JSON that is not strict or a name that is not allowed is 400")
    void refusesBadBodies(String body) {
        assertError(api.json(body).post("/v3/users").then(), 400, "BAD_REQUEST");
    }

    @Test
    @DisplayName("D2: a name has 1 to 256 code points, and need not be unique")
    void countsCodePoints() {
        String longest = "\uD83D\uDE00".repeat(256);
        assertThat(api.user(api.newUser(longest)).getString("display_name")).isEqualTo(longest);
        assertThat(api.newUser("x")).isNotEqualTo(api.newUser("x"));
        assertError(
                api.json("{\"display_name\":\"" + longest + "a\"}")
                        .post("/v3/users")
                        .then(),
                400,
                "BAD_REQUEST");
    }

    @Test
    @DisplayName("B3: a wrong or missing Content-Type is 400, parameters of the right one are allowed")
    void checksContentType() {
        String body = "{\"display_name\":\"a\"}";
        assertError(
                api.request()
                        .contentType("text/plain")
                        .body(body)
                        .post("/v3/users")
                        .then(),
                400,
                "BAD_REQUEST");
        assertError(
                api.patch(body)
                        .contentType("text/plain")
                        .patch("/v3/users/" + api.newUser())
                        .then(),
                400,
                "BAD_REQUEST");
        assertError(api.request().post("/v3/users").then(), 400, "BAD_REQUEST");
        api.request()
                .contentType("application/json; charset=utf-8")
                .body(body)
                .post("/v3/users")
                .then()
                .statusCode(201);
    }

    @Test
    @DisplayName("B1: an unknown user, another customer's and another environment's are 404 alike")
    void hidesOthers() {
        String id = api.newUser();
        for (Api other : List.of(Api.newCustomer(), api.staging())) {
            assertError(other.request().get("/v3/users/" + id).then(), 404, "BAD_RESOURCE");
            assertError(other.patch("{}").patch("/v3/users/" + id).then(), 404, "BAD_RESOURCE");
            assertError(other.request().delete("/v3/users/" + id).then(), 404, "BAD_RESOURCE");
            other.request().get("/v3/users").then().statusCode(200).body("users", hasSize(0));
        }
        assertThat(matching.calls()).isEmpty();
        assertThat(api.user(id).getString("display_name")).isEqualTo("Ann");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0190ed33-2084-76c8-8222-142040abd5f", "0190ed33-20840-6c8-8222-142040abd5f7"})
    @DisplayName("B2: a malformed UUID in a path is 404")
    void refusesMalformedIds(String id) {
        assertError(api.request().get("/v3/users/" + id).then(), 404, "BAD_RESOURCE");
        assertError(api.patch("{}").patch("/v3/users/" + id).then(), 404, "BAD_RESOURCE");
        assertError(api.request().delete("/v3/users/" + id).then(), 404, "BAD_RESOURCE");
        assertError(api.request().get("/internal/users/" + id).then(), 404, "BAD_RESOURCE");
    }

    @Test
    @DisplayName("B7: a method that a resource lacks is 405 with Allow")
    void refusesOtherMethods() {
        assertError(api.json("{}").put("/v3/users").then(), 405, "BAD_REQUEST").header("Allow", containsString("POST"));
        api.request().head("/v3/users").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/merge-patch+json", "application/json"})
    @DisplayName("B10, D3: a patch of either type changes what it names and moves `updated`")
    void patches(String type) {
        String id = api.newUser();
        JsonPath patched = api.request()
                .contentType(type)
                .body("{\"display_name\":\"Bob\",\"uuid\":null,\"created\":1,\"updated\":\"x\",\"other\":{}}")
                .patch("/v3/users/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(patched.getString("display_name")).isEqualTo("Bob");
        assertThat(patched.getString("uuid")).isEqualTo(id);
        assertThat(patched.getLong("created")).isGreaterThan(1);
        assertThat(patched.getLong("updated")).isGreaterThanOrEqualTo(patched.getLong("created"));
        assertThat(api.user(id).getMap("$")).isEqualTo(patched.getMap("$"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "\"x\"", "{\"display_name\":null}", "{\"display_name\":7}", "{,}"})
    @DisplayName("D3: null for a required member, or a patch that is no object, is 400 and changes nothing")
    void refusesBadPatches(String patch) {
        String id = api.newUser();
        assertError(api.patch(patch).patch("/v3/users/" + id).then(), 400, "BAD_REQUEST");
        assertThat(api.user(id).getString("display_name")).isEqualTo("Ann");
    }

    @Test
    @DisplayName("D6: a user is deleted once; matching is asked before, and tokens go too")
    void deletes() {
        String id = api.newUser();
        String token = api.newToken(id);
        matching.up();
        api.request()
                .header("Request-Id", "req-1")
                .delete("/v3/users/" + id)
                .then()
                .statusCode(204)
                .header("Request-Id", "req-1");
        assertThat(matching.lines()).containsExactly("DELETE /internal/users/" + id + "/face");
        assertThat(matching.calls().getFirst().authorization()).startsWith("Bearer ey");
        assertThat(matching.calls().getFirst().requestId()).isEqualTo("req-1");
        assertError(api.request().get("/v3/users/" + id).then(), 404, "BAD_RESOURCE");
        assertError(api.request().get("/v3/users/" + id + "/tokens/" + token).then(), 404, "BAD_RESOURCE");
        assertError(api.request().delete("/v3/users/" + id).then(), 404, "BAD_RESOURCE");
        List<JsonNode> last = events.of("identity.token.v1", api.eventKey(token), 2);
        assertThat(last.getLast().path("type").asText()).isEqualTo("token.deleted");
        assertThat(last.getLast().path("version").asLong()).isEqualTo(2);
    }

    @Test
    @DisplayName("D6, B13: with matching away a deletion is 503 and nothing has changed")
    void keepsUserWhenMatchingIsAway() {
        String id = api.newUser();
        String token = api.newToken(id);
        matching.down();
        assertError(api.request().delete("/v3/users/" + id).then(), 503, "UNAVAILABLE")
                .header("Retry-After", not(containsString("null")));
        matching.up();
        matching.answer(500);
        assertError(api.request().delete("/v3/users/" + id).then(), 503, "UNAVAILABLE");
        assertThat(api.user(id).getString("display_name")).isEqualTo("Ann");
        assertThat(api.token(id, token).getString("uuid")).isEqualTo(token);
        matching.up();
        api.request().delete("/v3/users/" + id).then().statusCode(204);
    }

    @Test
    @DisplayName("Each change reaches Kafka with a rising version and without a name")
    void publishes() {
        String id = api.newUser("Secret Name");
        api.patch("{\"display_name\":\"Other Name\"}")
                .patch("/v3/users/" + id)
                .then()
                .statusCode(200);
        api.patch("{\"display_name\":\"Other Name\"}")
                .patch("/v3/users/" + id)
                .then()
                .statusCode(200);
        api.request().delete("/v3/users/" + id).then().statusCode(204);
        List<JsonNode> seen = events.of("identity.user.v1", api.eventKey(id), 3);
        assertThat(seen)
                .extracting(event -> event.path("type").asText())
                .containsExactly("user.created", "user.changed", "user.deleted");
        assertThat(seen).extracting(event -> event.path("version").asInt()).containsExactly(1, 2, 3);
        assertThat(seen).allSatisfy(event -> {
            assertThat(event.path("data").toString()).isEqualTo("{\"user\":\"" + id + "\"}");
            assertThat(event.path("customer").asText()).isEqualTo(api.customer());
            assertThat(event.path("environment").asText()).isEqualTo("production");
            assertThat(event.path("time").asLong()).isGreaterThan(1_700_000_000_000L);
        });
    }

    @Test
    @DisplayName("Other services learn whether a user exists, from system and device callers")
    void tellsExistence() {
        String id = api.newUser();
        api.request().get("/internal/users/" + id).then().statusCode(204);
        assertError(api.staging().request().get("/internal/users/" + id).then(), 404, "BAD_RESOURCE");
        assertError(api.request().get("/internal/users/" + UUID.randomUUID()).then(), 404, "BAD_RESOURCE");
    }

    @Test
    @DisplayName("The same members come back from the list's ids")
    void listsWhatItCreated() {
        String first = api.newUser();
        String second = api.newUser();
        Map<String, Object> body = api.request()
                .get("/v3/users")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("$");
        assertThat(body.toString()).isEqualTo("{page=1, users=[" + first + ", " + second + "]}");
        api.request().get("/v3/users").then().header("Link", is((String) null));
    }
}
