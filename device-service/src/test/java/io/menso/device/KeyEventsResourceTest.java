package io.menso.device;

import static io.menso.device.Customers.as;
import static io.menso.device.Customers.asOperator;
import static io.menso.device.Customers.device;
import static io.menso.device.Customers.fresh;
import static io.menso.device.Customers.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.menso.device.Customers.Key;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DeviceServers.class)
class KeyEventsResourceTest {

    private final String customer = fresh();

    @Inject
    Database database;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private TopicReader topic;

    @BeforeEach
    void open() {
        topic = new TopicReader(bootstrapServers, "device.key.v1");
    }

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    @DisplayName("D12, A9: Creation, a new gallery and deletion of a key are told in order, without the secret")
    void tellsTheLifeOfAKey() {
        String device = device(customer, "HALL");
        Key key = key(customer, device);
        Key other = key(customer, device);
        patch(device, "{\"display_name\":\"Renamed\"}");
        patch(device, "{\"metadata\":{\"gallery\":\"GARDEN\"}}");
        as(customer)
                .delete("/v3/devices/" + device + "/keys/" + key.uuid())
                .then()
                .statusCode(204);
        as(customer).delete("/v3/devices/" + device).then().statusCode(204);
        assertThat(types(key, 3)).containsExactly("key.created 1", "key.changed 2", "key.revoked 3");
        assertThat(types(other, 3)).containsExactly("key.created 1", "key.changed 2", "key.revoked 3");
        for (ConsumerRecord<String, String> event : topic.of(key.uuid())) {
            JsonObject envelope = new JsonObject(event.value());
            assertThat(envelope.getString("customer")).isEqualTo(customer);
            assertThat(envelope.getString("environment")).isEqualTo("production");
            assertThat(envelope.getJsonObject("data")).isEqualTo(new JsonObject().put("kid", key.uuid()));
            assertThat(envelope.getLong("time")).isPositive();
            assertThat(event.value()).doesNotContain(key.secret());
        }
    }

    @Test
    @DisplayName("A13: Creation and revocation of a system key are told")
    void tellsTheLifeOfASystemKey() {
        String kid = asOperator()
                .contentType(ContentType.JSON)
                .body("{\"handle\":\"" + customer + "\"}")
                .post("/internal/customers")
                .path("staging.kid");
        asOperator()
                .delete("/internal/customers/" + customer + "/keys/" + kid)
                .then()
                .statusCode(204);
        assertThat(types(new Key(kid, 0, ""), 2)).containsExactly("key.created 1", "key.revoked 2");
        assertThat(new JsonObject(topic.of(kid).getFirst().value()).getString("environment"))
                .isEqualTo("staging");
    }

    @Test
    @DisplayName("A request that fails leaves no event")
    void saysNothingOfWhatDidNotHappen() {
        String device = device(customer, "g");
        Key first = key(customer, device);
        for (int i = 1; i < 10; i++) {
            key(customer, device);
        }
        as(customer).post("/v3/devices/" + device + "/keys").then().statusCode(400);
        Key marker = key(customer, device(customer, "g"));
        types(marker, 1);
        assertThat(topic.records().stream()
                        .filter(record -> record.value().contains(customer))
                        .filter(record -> !record.key().equals(marker.uuid())))
                .hasSize(10)
                .anyMatch(record -> record.key().equals(first.uuid()));
    }

    @Test
    @DisplayName(
            "A9: Heartbeats come about every 100 ms while nothing waits, and a change within a fraction of a second")
    void beats() {
        key(customer, device(customer, "g"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> topic.poll().of("heartbeat").size() > 20);
        List<Long> gaps = new ArrayList<>();
        List<ConsumerRecord<String, String>> beats = topic.of("heartbeat");
        for (int i = beats.size() - 20; i < beats.size(); i++) {
            gaps.add(beats.get(i).timestamp() - beats.get(i - 1).timestamp());
        }
        gaps.sort(null);
        assertThat(gaps.get(gaps.size() / 2)).as("median of %s", gaps).isBetween(50L, 300L);
        Key key = key(customer, device(customer, "g"));
        long answered = System.currentTimeMillis();
        types(key, 1);
        long published = topic.of(key.uuid()).getFirst().timestamp();
        assertThat(published - answered).as("milliseconds from answer to event").isLessThan(1000);
        assertThat(database.count("select count(*) from outbox")).isZero();
    }

    private void patch(String device, String body) {
        as(customer)
                .contentType(ContentType.JSON)
                .body(body)
                .patch("/v3/devices/" + device)
                .then()
                .statusCode(200);
    }

    private List<String> types(Key key, int count) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> topic.poll().of(key.uuid()).size() >= count);
        return topic.of(key.uuid()).stream()
                .map(record -> new JsonObject(record.value()))
                .map(envelope -> envelope.getString("type") + " " + envelope.getLong("version"))
                .toList();
    }
}
