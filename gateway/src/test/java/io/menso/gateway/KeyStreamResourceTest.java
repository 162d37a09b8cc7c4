package io.menso.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.menso.gateway.keys.KeyCache;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(GatewayServers.class)
class KeyStreamResourceTest {

    private static final String TOPIC = "device.key.v1";

    private final World world = new World();
    private final World.Key key = world.systemKey();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final KafkaProducer<String, String> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class)),
            new StringSerializer(),
            new StringSerializer());
    private final KeyCache cache;

    @Inject
    KeyStreamResourceTest(KeyCache cache) {
        this.cache = cache;
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
        producer.close(Duration.ofSeconds(2));
    }

    private void beat() {
        var _ = timer.scheduleAtFixedRate(
                () -> send("heartbeat", Long.toString(System.currentTimeMillis())), 0, 100, TimeUnit.MILLISECONDS);
        await().atMost(Duration.ofSeconds(20)).until(cache::isLive);
    }

    private void send(String recordKey, String value) {
        var _ = producer.send(new ProducerRecord<>(TOPIC, recordKey, value));
        producer.flush();
    }

    private int call() {
        return world.send(world.request("/v3/users", key)).statusCode();
    }

    @Test
    @DisplayName("A9: while heartbeats come a key is looked up once; a revocation ends it within a second")
    void aRevocationEndsAKey() {
        beat();
        assertThat(call()).isEqualTo(200);
        int before = world.lookups();
        for (int i = 0; i < 20; i++) {
            assertThat(call()).isEqualTo(200);
        }
        assertThat(world.lookups()).isEqualTo(before);

        world.control("DELETE", "keys/" + key.kid(), "");
        send(key.kid(), "{\"type\":\"key.revoked\"}");

        await().atMost(Duration.ofSeconds(1)).until(() -> call() == 401);
    }

    @Test
    @DisplayName("A9: when heartbeats stop each request asks again, so that a revoked key dies at once")
    void whenHeartbeatsStopEachRequestAsks() {
        beat();
        assertThat(call()).isEqualTo(200);
        timer.shutdownNow();
        await().atMost(Duration.ofSeconds(3)).until(() -> !cache.isLive());
        int before = world.lookups();
        assertThat(call()).isEqualTo(200);
        assertThat(call()).isEqualTo(200);
        assertThat(world.lookups()).isEqualTo(before + 2);

        world.control("DELETE", "keys/" + key.kid(), "");

        assertThat(call()).isEqualTo(401);
    }

    @Test
    @DisplayName("A9: a key or device deleted through this gateway is gone on the next request, before any event")
    void aDeletionThroughTheGatewayHoldsAtOnce() {
        beat();
        for (String target : new String[] {"device", "key"}) {
            World.Key admin = world.systemKey();
            String device = UUID.randomUUID().toString();
            World.Key tablet = world.deviceKey(device, "G");
            String path = "/v3/devices/" + device + (target.equals("key") ? "/keys/" + tablet.kid() : "");
            assertThat(world.send(world.request("/v3/models", tablet)).statusCode())
                    .isEqualTo(200);

            // The stand-in forgets all keys before it answers.
            assertThat(world.send(world.request(path + "?behave=delete", admin).DELETE())
                            .statusCode())
                    .isEqualTo(204);

            assertThat(cache.isLive()).isTrue();
            assertThat(world.send(world.request("/v3/models", tablet)).statusCode())
                    .as(target)
                    .isEqualTo(401);
        }
    }
}
