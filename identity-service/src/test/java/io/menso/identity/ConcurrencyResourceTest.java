package io.menso.identity;

import static io.menso.identity.Api.tokenBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(IdentityServers.class)
class ConcurrencyResourceTest {

    private static final int MANY = 12;

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
    @DisplayName("D3: of many patches at once none is lost, and the versions of their events rise one by one")
    void losesNoPatch() {
        String user = api.newUser();
        String token = api.newToken(user);
        String path = "/v3/users/" + user + "/tokens/" + token;
        List<Integer> answers = Parallel.run(
                MANY,
                i -> api.patch("{\"metadata\":{\"m" + i + "\":" + i + "}}")
                        .patch(path)
                        .statusCode());
        assertThat(answers).containsOnly(200);
        JsonPath merged = api.token(user, token);
        Map<String, Object> metadata = merged.getMap("metadata");
        assertThat(metadata).hasSize(MANY + 1);
        List<JsonNode> seen = events.of("identity.token.v1", api.eventKey(token), MANY + 1);
        assertThat(seen)
                .extracting(event -> event.path("version").asInt())
                .isEqualTo(IntStream.rangeClosed(1, MANY + 1).boxed().toList());
    }

    @Test
    @DisplayName("Many deletions of one user at once: one is 204, the others are 404")
    void deletesUserOnce() {
        String user = api.newUser();
        api.newToken(user);
        List<Integer> answers = Parallel.run(
                MANY, i -> api.request().delete("/v3/users/" + user).statusCode());
        assertThat(answers).containsOnly(204, 404).containsOnlyOnce(204);
    }

    @Test
    @DisplayName("Many deletions of one token at once: one is 204, the others are 404")
    void deletesTokenOnce() {
        String user = api.newUser();
        String token = api.newToken(user);
        List<Integer> answers = Parallel.run(
                MANY,
                i -> api.request()
                        .delete("/v3/users/" + user + "/tokens/" + token)
                        .statusCode());
        assertThat(answers).containsOnly(204, 404).containsOnlyOnce(204);
    }

    @Test
    @DisplayName("Deletion of a user races cleanly with new tokens and patches, and nothing of the user is left")
    void racesCleanly() {
        for (int round = 0; round < 5; round++) {
            String user = api.newUser();
            String token = api.newToken(user);
            String tokens = "/v3/users/" + user + "/tokens";
            List<Integer> answers = Parallel.run(MANY, i -> switch (i % 4) {
                case 0 -> api.json(tokenBody(1, 2, "g" + i)).post(tokens).statusCode();
                case 1 ->
                    api.patch("{\"valid_through\":" + (300 + i) + "}")
                            .patch(tokens + "/" + token)
                            .statusCode();
                case 2 ->
                    api.patch("{\"display_name\":\"n" + i + "\"}")
                            .patch("/v3/users/" + user)
                            .statusCode();
                default -> api.request().delete("/v3/users/" + user).statusCode();
            });
            assertThat(answers).isSubsetOf(200, 201, 204, 404).containsOnlyOnce(204);
            api.request().get(tokens).then().statusCode(404);
            api.request().get(tokens + "/" + token).then().statusCode(404);
            api.json(tokenBody(1, 2, "late")).post(tokens).then().statusCode(404);
        }
    }
}
