package io.menso.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(GatewayServers.class)
class ObservationResourceTest {

    private static final String ID = "0190ed33-2084-76c8-8222-142040abd5f7";

    private final World world = new World();
    private final World.Key key = world.systemKey();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler collector = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            lines.add(((ExtLogRecord) entry).getFormattedMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("menso.audit").addHandler(collector);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger("menso.audit").removeHandler(collector);
    }

    private String management(String path) {
        String url = ConfigProvider.getConfig().getValue("test.management.url", String.class);
        return world.send(HttpRequest.newBuilder(URI.create(url).resolve(path))).body();
    }

    @Test
    @DisplayName("changes, recognitions and reads of secrets are recorded without names, images or tokens")
    void whatMattersIsRecorded() {
        String id = "audit-" + UUID.randomUUID();
        world.send(world.request("/v3/users?note=secret-query", key)
                .header("Request-Id", id)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"display_name\":\"Jane Roe\"}")));
        world.send(world.request("/v3/devices/" + ID + "/keys/" + ID, key));
        world.send(world.request("/v3/pipelines/identify", key)
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString("--x--")));
        world.send(world.request("/v3/users", key));

        await().atMost(Duration.ofSeconds(5)).until(() -> lines.size() >= 3);
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst())
                .matches("customer=acme environment=production key=" + key.kid()
                        + " device=- call=\"POST /v3/users\" status=200 millis=\\d+ requestId=" + id);
        assertThat(lines.get(1)).contains("call=\"GET /v3/devices/{device}/keys/{key}\" status=200");
        assertThat(lines.get(2)).contains("call=\"POST /v3/pipelines/{pipeline}\" status=200");
        assertThat(String.join("\n", lines)).doesNotContain("Jane", "secret-query", "eyJ");
    }

    @Test
    @DisplayName("metrics count by template, method and status, never by path")
    void metricsAreBounded() {
        world.send(world.request("/v3/users/" + ID, key));
        world.send(world.request("/v3/nothing-" + ID, key).method("BREW", BodyPublishers.noBody()));

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(management("/q/metrics"))
                        .contains(
                                "menso_gateway_requests_seconds_count{method=\"GET\",route=\"/v3/users/{user}\",status=\"200\"}")
                        .contains("{method=\"other\",route=\"unmatched\",status=\"404\"}")
                        .contains("menso_gateway_keys_live")
                        .doesNotContain(ID));
    }

    @Test
    @DisplayName("the gateway is alive and ready on its management port")
    void theGatewayIsReady() {
        assertThat(management("/q/health/live")).contains("\"UP\"");
        assertThat(management("/q/health/ready")).contains("\"UP\"");
    }
}
