package io.menso.identity.token;

import static io.menso.identity.Api.assertError;
import static io.menso.identity.Api.tokenBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.menso.identity.Api;
import io.menso.identity.EventLog;
import io.menso.identity.FakeMatching;
import io.menso.identity.FakeMatching.Call;
import io.menso.identity.IdentityServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(IdentityServers.class)
class TokenResourceTest {

    private static final long MAX = 9007199254740991L;

    private final Api api = Api.newCustomer();
    private String user = "";

    @Inject
    FakeMatching matching;

    @Inject
    EventLog events;

    @BeforeEach
    void start() {
        matching.up();
        user = api.newUser();
    }

    private String tokens() {
        return "/v3/users/" + user + "/tokens";
    }

    @Test
    @DisplayName("D1, D5: a created token comes back with the documented members, valid_through among them")
    void creates() {
        JsonPath made = api.json(tokenBody(1722178800, 1722265199, "NAGANO"))
                .post(tokens())
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        assertThat(made.getMap("$").keySet().toString())
                .isEqualTo("[uuid, created, updated, valid_from, valid_through, metadata]");
        assertThat(made.getLong("valid_from")).isEqualTo(1722178800);
        assertThat(made.getLong("valid_through")).isEqualTo(1722265199);
        assertThat(made.getMap("metadata").toString()).isEqualTo("{gallery=NAGANO}");
        assertThat(UUID.fromString(made.getString("uuid")).version()).isEqualTo(7);
        assertThat(api.token(user, made.getString("uuid")).getMap("$")).isEqualTo(made.getMap("$"));
    }

    @Test
    @DisplayName("D1: tokens of one user may overlap, in any gallery, told apart by case, with both ends equal")
    void overlaps() {
        String longest = "\uD83D\uDE00".repeat(128);
        for (String gallery : List.of("a", "A", "a", longest)) {
            String id = api.json(tokenBody(5, 5, gallery))
                    .post(tokens())
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("uuid");
            assertThat(api.token(user, id).getString("metadata.gallery")).isEqualTo(gallery);
        }
        api.json(tokenBody(0, MAX, "a")).post(tokens()).then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"valid_from\":1,\"valid_through\":2}",
                "{\"valid_from\":1,\"valid_through\":2,\"metadata\":null}",
                "{\"valid_from\":1,\"valid_through\":2,\"metadata\":\"x\"}",
                "{\"valid_from\":1,\"valid_through\":2,\"metadata\":{}}",
                "{\"valid_from\":1,\"valid_through\":2,\"metadata\":{\"gallery\":null}}",
                "{\"valid_from\":1,\"valid_through\":2,\"metadata\":{\"gallery\":5}}",
                "{\"valid_from\":1,\"valid_through\":2,\"metadata\":{\"gallery\":\"\"}}",
                "{\"valid_from\":1,\"valid_through\":2,\"metadata\":{\"gallery\":\"a\\u0000\"}}",
                "{\"valid_from\":1,\"valid_through\":2,\"metadata\":{\"gallery\":\"a\",\"x\":\"\\udc00\"}}",
                "{\"valid_from\":1,\"valid_through\":2,\"metadata\":{\"gallery\":\"a\"},}",
                "{\"valid_from\":3,\"valid_through\":2,\"metadata\":{\"gallery\":\"a\"}}",
                "{\"valid_from\":-1,\"valid_through\":2,\"metadata\":{\"gallery\":\"a\"}}",
                "{\"valid_from\":1.0,\"valid_through\":2,\"metadata\":{\"gallery\":\"a\"}}",
                "{\"valid_from\":1,\"valid_through\":1e3,\"metadata\":{\"gallery\":\"a\"}}",
                "{\"valid_from\":\"1\",\"valid_through\":2,\"metadata\":{\"gallery\":\"a\"}}",
                "{\"valid_from\":true,\"valid_through\":2,\"metadata\":{\"gallery\":\"a\"}}",
                "{\"valid_from\":null,\"valid_through\":2,\"metadata\":{\"gallery\":\"a\"}}",
                "{\"valid_from\":1,\"valid_until\":2,\"metadata\":{\"gallery\":\"a\"}}",
                "{\"valid_from\":1,\"valid_through\":9007199254740992,\"metadata\":{\"gallery\":\"a\"}}",
                "{\"valid_from\":1,\"valid_through\":99999999999999999999999,\"metadata\":{\"gallery\":\"a\"}}",
                "{\"valid_from\":1,\"valid_through\":1e99999999999,\"metadata\":{\"gallery\":\"a\"}}"
            })
    @DisplayName("B5, B11, D1, D2: what is missing, of the wrong type or out of range is 400")
    void refusesBadBodies(String body) {
        assertError(api.json(body).post(tokens()).then(), 400, "BAD_REQUEST");
        assertThat(matching.calls()).isEmpty();
    }

    @Test
    @DisplayName("D1: a gallery of 129 characters is 400")
    void limitsGallery() {
        assertError(api.json(tokenBody(1, 2, "a".repeat(129))).post(tokens()).then(), 400, "BAD_REQUEST");
    }

    @Test
    @DisplayName("D4: other members of metadata are kept, merged and returned; 4 KiB is the limit")
    void keepsMetadata() {
        String id = api.json("{\"valid_from\":1,\"valid_through\":2,\"metadata\":{\"gallery\":\"a\",\"n\":1.50,"
                        + "\"big\":1e400,\"o\":{\"p\":[1,null],\"q\":\"\\u0000\"},\"z\":null}}")
                .post(tokens())
                .then()
                .statusCode(201)
                .extract()
                .path("uuid");
        String text = api.patch("{\"metadata\":{\"o\":{\"q\":null,\"r\":true},\"n\":null}}")
                .patch(tokens() + "/" + id)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(text)
                .contains(
                        "\"metadata\":{\"gallery\":\"a\",\"big\":1E+400,\"o\":{\"p\":[1,null],\"r\":true},\"z\":null}");
        String frame = "{\"gallery\":\"a\",\"x\":\"\"}";
        String fits = "a".repeat(4096 - frame.length());
        api.patch("{\"metadata\":{\"big\":null,\"o\":null,\"z\":null,\"x\":\"" + fits + "\"}}")
                .patch(tokens() + "/" + id)
                .then()
                .statusCode(200);
        assertError(
                api.patch("{\"metadata\":{\"x\":\"" + fits + "a\"}}")
                        .patch(tokens() + "/" + id)
                        .then(),
                400,
                "BAD_REQUEST");
    }

    @Test
    @DisplayName("D2, D3: a patch is checked after it is merged, and ignores what is read-only")
    void patches() {
        String id = api.newToken(user);
        String path = tokens() + "/" + id;
        JsonPath patched = api.patch(
                        "{\"valid_through\":300,\"metadata\":{\"gallery\":\"KYOTO\"},\"uuid\":1,\"created\":null}")
                .patch(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(patched.getLong("valid_from")).isEqualTo(100);
        assertThat(patched.getLong("valid_through")).isEqualTo(300);
        assertThat(patched.getString("metadata.gallery")).isEqualTo("KYOTO");
        assertThat(patched.getString("uuid")).isEqualTo(id);
        assertThat(api.token(user, id).getMap("$")).isEqualTo(patched.getMap("$"));
        for (String bad : List.of(
                "{\"valid_from\":301}",
                "{\"valid_through\":99}",
                "{\"valid_from\":null}",
                "{\"metadata\":null}",
                "{\"metadata\":{\"gallery\":null}}",
                "{\"metadata\":[]}",
                "[]",
                "7",
                "{\"valid_from\": 5, \"valid_through\": 6,}")) {
            assertError(api.patch(bad).patch(path).then(), 400, "BAD_REQUEST");
        }
        assertThat(api.token(user, id).getMap("$")).isEqualTo(patched.getMap("$"));
    }

    @Test
    @DisplayName("B1, B2: a token of another user, customer or environment, and a malformed id, are 404")
    void hidesOthers() {
        String id = api.newToken(user);
        String second = api.newUser();
        assertError(api.request().get("/v3/users/" + second + "/tokens/" + id).then(), 404, "BAD_RESOURCE");
        assertError(
                api.patch("{}").patch("/v3/users/" + second + "/tokens/" + id).then(), 404, "BAD_RESOURCE");
        assertError(
                api.request().delete("/v3/users/" + second + "/tokens/" + id).then(), 404, "BAD_RESOURCE");
        for (Api other : List.of(Api.newCustomer(), api.staging())) {
            assertError(other.request().get(tokens() + "/" + id).then(), 404, "BAD_RESOURCE");
            assertError(other.request().get(tokens()).then(), 404, "BAD_RESOURCE");
            assertError(other.json(tokenBody(1, 2, "a")).post(tokens()).then(), 404, "BAD_RESOURCE");
        }
        assertError(api.request().get(tokens() + "/abc").then(), 404, "BAD_RESOURCE");
        assertError(api.request().get("/v3/users/abc/tokens").then(), 404, "BAD_RESOURCE");
        assertThat(api.token(user, id).getString("uuid")).isEqualTo(id);
    }

    @Test
    @DisplayName("A new or changed token is written through to matching, with the caller's headers")
    void writesThrough() {
        String id = api.newToken(user);
        api.patch("{\"metadata\":{\"gallery\":\"KYOTO\"}}")
                .header("Request-Id", "req-7")
                .patch(tokens() + "/" + id)
                .then()
                .statusCode(200);
        List<Call> calls = matching.calls();
        assertThat(calls)
                .extracting(Call::line)
                .containsOnly("PUT /internal/memberships/" + id)
                .hasSize(2);
        assertThat(calls.getFirst().body())
                .isEqualTo("{\"user\":\"" + user + "\",\"gallery\":\"NAGANO\","
                        + "\"valid_from\":100,\"valid_through\":200,\"version\":1}");
        assertThat(calls.getLast().body()).contains("\"gallery\":\"KYOTO\"").contains("\"version\":2");
        assertThat(calls.getLast().authorization()).startsWith("Bearer ey");
        assertThat(calls.getLast().requestId()).isEqualTo("req-7");
    }

    @Test
    @DisplayName("With matching away a token is still created, after three tries; the event brings it later")
    void createsWithoutMatching() {
        matching.answer(503);
        String id = api.newToken(user);
        assertThat(matching.lines()).hasSize(3);
        matching.down();
        String second = api.newToken(user);
        assertThat(api.token(user, second).getString("uuid")).isEqualTo(second);
        assertThat(events.of("identity.token.v1", api.eventKey(id), 1)).hasSize(1);
    }

    @Test
    @DisplayName("A token is deleted once; matching forgets it before, with the version of the deletion")
    void deletes() {
        String id = api.newToken(user);
        matching.up();
        api.request().delete(tokens() + "/" + id).then().statusCode(204);
        assertThat(matching.lines()).containsExactly("DELETE /internal/memberships/" + id + "?version=2");
        assertError(api.request().get(tokens() + "/" + id).then(), 404, "BAD_RESOURCE");
        assertError(api.request().delete(tokens() + "/" + id).then(), 404, "BAD_RESOURCE");
        assertThat(matching.lines()).hasSize(1);
    }

    @Test
    @DisplayName("B13: with matching away the deletion of a token is 503 and nothing has changed")
    void keepsTokenWhenMatchingIsAway() {
        String id = api.newToken(user);
        matching.down();
        assertError(api.request().delete(tokens() + "/" + id).then(), 503, "UNAVAILABLE")
                .header("Retry-After", "1");
        assertThat(api.token(user, id).getString("uuid")).isEqualTo(id);
    }

    @Test
    @DisplayName("B13: a deletion that matching may have made without saying so is outranked by the token that stays")
    void outranksUncertainDeletions() {
        String id = api.newToken(user);
        JsonPath before = api.token(user, id);
        matching.up();
        matching.answer(500);
        assertError(api.request().delete(tokens() + "/" + id).then(), 503, "UNAVAILABLE");
        assertThat(matching.lines()).containsOnly("DELETE /internal/memberships/" + id + "?version=2");
        assertThat(api.token(user, id).getMap("$")).isEqualTo(before.getMap("$"));
        List<JsonNode> seen = events.of("identity.token.v1", api.eventKey(id), 2);
        assertThat(seen).extracting(event -> event.path("type").asText()).containsOnly("token.changed");
        assertThat(seen).extracting(event -> event.path("version").asInt()).containsExactly(1, 3);
        matching.up();
        api.request().delete(tokens() + "/" + id).then().statusCode(204);
        assertThat(matching.lines()).containsExactly("DELETE /internal/memberships/" + id + "?version=4");
    }

    @Test
    @DisplayName("A change between the two steps of a deletion makes matching forget the newer version too")
    void deletesWhatChangesMeanwhile() {
        String id = api.newToken(user);
        matching.up();
        AtomicBoolean first = new AtomicBoolean(true);
        matching.before(call -> {
            if (call.line().startsWith("DELETE") && first.getAndSet(false)) {
                api.patch("{\"valid_through\":999}")
                        .patch(tokens() + "/" + id)
                        .then()
                        .statusCode(200);
            }
        });
        api.request().delete(tokens() + "/" + id).then().statusCode(204);
        assertThat(matching.lines())
                .containsExactly(
                        "DELETE /internal/memberships/" + id + "?version=2",
                        "PUT /internal/memberships/" + id,
                        "DELETE /internal/memberships/" + id + "?version=3");
        List<JsonNode> seen = events.of("identity.token.v1", api.eventKey(id), 3);
        assertThat(seen).extracting(event -> event.path("version").asInt()).containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("Each change reaches Kafka with a rising version; one that changes nothing does not")
    void publishes() {
        String id = api.newToken(user);
        api.patch("{\"valid_from\":100,\"metadata\":{\"gallery\":\"NAGANO\",\"no\":null}}")
                .patch(tokens() + "/" + id)
                .then()
                .statusCode(200);
        api.patch("{\"valid_from\":150}").patch(tokens() + "/" + id).then().statusCode(200);
        api.request().delete(tokens() + "/" + id).then().statusCode(204);
        List<JsonNode> seen = events.of("identity.token.v1", api.eventKey(id), 3);
        assertThat(seen)
                .extracting(event -> event.path("type").asText())
                .containsExactly("token.changed", "token.changed", "token.deleted");
        assertThat(seen).extracting(event -> event.path("version").asInt()).containsExactly(1, 2, 3);
        assertThat(seen.getLast().path("data").toString())
                .isEqualTo("{\"token\":\"" + id + "\",\"user\":\"" + user
                        + "\",\"gallery\":\"NAGANO\",\"valid_from\":150,\"valid_through\":200}");
    }
}
