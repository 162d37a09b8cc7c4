package io.menso.matching.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.EventEnvelope;
import io.menso.matching.MatchingTest;
import io.menso.matching.Vectors;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TokenEventsResourceTest extends MatchingTest {

    private static final float[] FACE = Vectors.at(1, 1);
    private static final String TOPIC = "identity.token.v1";

    @Inject
    ObjectMapper json;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private String event(String type, UUID token, UUID user, String gallery, long through, long version)
            throws Exception {
        var data = json.valueToTree(
                Map.of("token", token, "user", user, "gallery", gallery, "valid_from", 0, "valid_through", through));
        return json.writeValueAsString(
                new EventEnvelope(UUID.randomUUID(), type, clock.millis(), customer, "production", version, data));
    }

    private void send(String... events) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (String event : events) {
                producer.send(new ProducerRecord<>(TOPIC, customer, event)).get();
            }
        }
    }

    private List<String> found(String gallery) {
        return search(device(gallery), FACE, Map.of()).statusCode(200).extract().path("users.uuid");
    }

    /// Events are handled in order: when this one has worked, so have those before it.
    private void awaitMarker() throws Exception {
        UUID marker = enrolled(FACE);
        send(event("token.changed", UUID.randomUUID(), marker, "marker", Long.MAX_VALUE >> 11, 1));
        await().until(() -> found("marker").contains(marker.toString()));
    }

    @Test
    @DisplayName("D1: a token that comes by event alone counts; repeats, disorder and rubbish change nothing")
    void replayAndDisorder() throws Exception {
        UUID user = enrolled(FACE);
        UUID token = UUID.randomUUID();
        String first = event("token.changed", token, user, "hall", clock.now() + 5, 1);
        String second = event("token.changed", token, user, "door", clock.now() + 5, 2);

        send("rubbish", "{}", "{\"type\":\"token.changed\",\"data\":{}}", second, first, second, first);
        awaitMarker();

        assertThat(found("door")).containsExactly(user.toString());
        assertThat(found("hall")).isEmpty();
    }

    @Test
    @DisplayName("D6: a deleted token does not come back by a late event, also when the deletion came first")
    void deletionStays() throws Exception {
        UUID user = enrolled(FACE);
        UUID known = token(user, "hall", 0, clock.now() + 5);
        UUID unknown = UUID.randomUUID();
        for (UUID token : List.of(known, unknown)) {
            system().delete("/internal/memberships/{token}?version=3", token)
                    .then()
                    .statusCode(204);
        }

        send(
                event("token.changed", known, user, "hall", clock.now() + 5, 2),
                event("token.changed", unknown, user, "hall", clock.now() + 5, 2));
        awaitMarker();

        assertThat(found("hall")).isEmpty();
        send(event("token.changed", unknown, user, "hall", clock.now() + 5, 4));
        awaitMarker();
        assertThat(found("hall")).containsExactly(user.toString());
        send(event("token.deleted", unknown, user, "hall", clock.now() + 5, 5));
        awaitMarker();
        assertThat(found("hall")).isEmpty();
    }

    @Test
    @DisplayName("An older version that is written through changes nothing")
    void monotone() {
        UUID user = enrolled(FACE);
        UUID token = UUID.randomUUID();
        putToken(token, user, "door", 0, clock.now(), 5).statusCode(204);

        putToken(token, user, "hall", 0, clock.now(), 4).statusCode(204);
        system().delete("/internal/memberships/{token}?version=4", token).then().statusCode(204);

        assertThat(found("door")).containsExactly(user.toString());
        assertThat(found("hall")).isEmpty();
    }

    @Test
    @DisplayName("A deletion that identity-service announced and could not complete ends with the next change")
    void incompleteDeletion() {
        UUID user = enrolled(FACE);
        UUID token = token(user, "hall", 0, clock.now());
        system().delete("/internal/memberships/{token}?version=2", token).then().statusCode(204);
        assertThat(found("hall")).isEmpty();

        putToken(token, user, "door", 0, clock.now(), 2).statusCode(204);

        assertThat(found("door")).containsExactly(user.toString());
    }

    @Test
    @DisplayName("D6: tokens of an erased user do not come back by late events")
    void erasedUser() throws Exception {
        UUID user = enrolled(FACE);
        UUID token = token(user, "hall", 0, clock.now() + 5);
        erase(user).statusCode(204);

        send(event("token.changed", token, user, "hall", clock.now() + 5, 9));
        awaitMarker();

        assertThat(found("hall")).isEmpty();
        enroll(device("hall"), user, FACE).statusCode(404);
    }

    @Test
    @DisplayName("B2: a malformed token id is 404; a missing member or version 400")
    void malformed() {
        system().delete("/internal/memberships/abc?version=1").then().statusCode(404);
        system().delete("/internal/memberships/{token}", UUID.randomUUID())
                .then()
                .statusCode(400);
        system().contentType("application/json")
                .body(Map.of("user", UUID.randomUUID()))
                .put("/internal/memberships/{token}", UUID.randomUUID())
                .then()
                .statusCode(400)
                .body("error", is("BAD_REQUEST"));
    }
}
