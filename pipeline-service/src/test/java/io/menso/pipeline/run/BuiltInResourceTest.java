package io.menso.pipeline.run;

import static io.menso.pipeline.Api.as;
import static io.menso.pipeline.Api.asDevice;
import static io.menso.pipeline.Api.customer;
import static io.menso.pipeline.Api.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.pipeline.FakeServices;
import io.menso.pipeline.PipelineServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(PipelineServers.class)
class BuiltInResourceTest {

    private static final String USER = "0190fcef-d905-702e-8492-936bca2df6ff";
    private static final String ANALYSIS = "POST /inference/v3/models/face_analysis";
    private static final String ACCESS = "GET /matching/v3/faces/access";

    private final String customer = customer();

    @Inject
    FakeServices services;

    @Inject
    ObjectMapper json;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @BeforeEach
    void reset() {
        services.reset();
        services.answer(ANALYSIS, 200, """
                {"model":"face_analysis","embedding":{"model":"e","revision":"1234567","dimension":2,"vector":"AAAA"}}""");
    }

    @Test
    @DisplayName("H1, H3: identify asks for access, analyses, searches and answers the users")
    void identifies() throws Exception {
        services.answer(
                "POST /matching/v3/faces/search", 200, "{\"users\":[{\"uuid\":\"" + USER + "\",\"score\":0.85}]}");

        execute(as(customer), "identify?limit=3&threshold=0.4&gallery=door")
                .statusCode(200)
                .body(equalTo("{\"users\":[{\"uuid\":\"" + USER + "\",\"score\":0.85}]}"));

        assertThat(services.lines()).containsExactly(ACCESS, ANALYSIS, "POST /matching/v3/faces/search");
        assertThat(services.received().get(0).query())
                .isEqualTo("purpose=identification&limit=3&threshold=0.4&gallery=door");
        assertThat(services.received().get(1).query()).isEqualTo("checks=identification");
        assertThat(services.received().get(1).headers().get("content-type")).startsWith("multipart/form-data");
        assertThat(json.readTree(services.received().get(2).body())).isEqualTo(json.readTree("""
                {"embedding":{"revision":"1234567","vector":"AAAA"},"limit":"3","threshold":"0.4","gallery":"door"}"""));
    }

    @Test
    @DisplayName("H3: identify without parameters leaves the defaults to matching")
    void leavesDefaults() throws Exception {
        services.answer("POST /matching/v3/faces/search", 200, "{\"users\":[]}");
        execute(as(customer), "identify").statusCode(200).body(equalTo("{\"users\":[]}"));
        assertThat(services.received().get(0).query()).isEqualTo("purpose=identification");
        assertThat(json.readTree(services.received().get(2).body()))
                .isEqualTo(json.readTree("{\"embedding\":{\"revision\":\"1234567\",\"vector\":\"AAAA\"}}"));
    }

    @Test
    @DisplayName("H5, H6: verify asks for access, analyses without liveness and answers the score")
    void verifies() throws Exception {
        services.answer("POST /matching/v3/faces/verify", 200, "{\"score\":0.12}");
        execute(as(customer), "verify?user_id=" + USER).statusCode(200).body(equalTo("{\"score\":0.12}"));
        assertThat(services.lines()).containsExactly(ACCESS, ANALYSIS, "POST /matching/v3/faces/verify");
        assertThat(services.received().get(0).query()).isEqualTo("purpose=verification&user_id=" + USER);
        assertThat(services.received().get(1).query()).isEqualTo("checks=verification");
        assertThat(json.readTree(services.received().get(2).body()))
                .isEqualTo(json.readTree(
                        "{\"user_id\":\"" + USER + "\",\"embedding\":{\"revision\":\"1234567\",\"vector\":\"AAAA\"}}"));
    }

    @Test
    @DisplayName("D8, H6: enroll_face makes all checks, stores the face and answers its dates")
    void enrolls() {
        services.answer("PUT /matching/v3/faces", 200, "{\"created\":1721154075,\"updated\":1729469136}");
        execute(as(customer), "enroll_face?user_id=" + USER)
                .statusCode(200)
                .body(equalTo("{\"created\":1721154075,\"updated\":1729469136}"));
        assertThat(services.lines()).containsExactly(ACCESS, ANALYSIS, "PUT /matching/v3/faces");
        assertThat(services.received().get(0).query()).isEqualTo("purpose=enrollment&user_id=" + USER);
        assertThat(services.received().get(1).query()).isEqualTo("checks=enrollment");
    }

    @ParameterizedTest
    @DisplayName("B2, H2: what matching says of user_id ends it before any picture is looked at")
    @CsvSource({
        "verify,400,BAD_REQUEST",
        "verify?user_id=abc,400,BAD_REQUEST",
        "enroll_face,400,BAD_REQUEST",
        "enroll_face?user_id=0190fcef-d905-702e-8492-936bca2df6ff,404,BAD_RESOURCE"
    })
    void stopsEarly(String pipeline, int status, String error) {
        services.answer(ACCESS, status, "{\"error\":\"" + error + "\",\"reason\":\"user_id\"}");
        execute(as(customer), pipeline)
                .statusCode(status)
                .body("error", equalTo(error))
                .body("reason", equalTo("user_id"));
        assertThat(services.lines()).containsExactly(ACCESS);
    }

    @ParameterizedTest
    @DisplayName("H8, G6: the code of a failed check is the answer")
    @CsvSource({"422,NO_FACE_DETECTED", "422,MOVE_LEFT", "422,BAD_LIVENESS", "400,BAD_CONTENT", "503,UNAVAILABLE"})
    void passesChecks(int status, String error) {
        services.answer(ANALYSIS, status, "{\"error\":\"" + error + "\",\"reason\":\"r\"}", Map.of("Retry-After", "2"));
        execute(as(customer), "identify").statusCode(status).body("error", equalTo(error));
        assertThat(services.lines()).containsExactly(ACCESS, ANALYSIS);
    }

    @Test
    @DisplayName("Each recognition is published, complete, and without user, name or image")
    void publishes() {
        UUID device = UUID.randomUUID();
        services.answer(
                "POST /matching/v3/faces/search", 200, "{\"users\":[{\"uuid\":\"" + USER + "\",\"score\":0.85}]}");
        execute(asDevice(customer, device, "door").header("Request-Id", "r-7"), "identify")
                .statusCode(200);
        services.answer("POST /matching/v3/faces/search", 200, "{\"users\":[]}");
        execute(as(customer), "identify?gallery=hall").statusCode(200);
        services.answer(
                ANALYSIS,
                422,
                "{\"error\":\"MOVE_LEFT\",\"reason\":\"r\"}",
                Map.of(
                        "Model-Revision", "aaaaaaa",
                        "Embedding-Revision", "bbbbbbb",
                        "Server-Timing", "inference;dur=12.5"));
        execute(as(customer), "enroll_face?user_id=" + USER).statusCode(422);

        List<JsonNode> events = events(3);

        assertThat(events).allSatisfy(event -> {
            assertThat(event.get("type").asText()).isEqualTo("recognition");
            assertThat(event.get("environment").asText()).isEqualTo("production");
            assertThat(event.get("data").get("millis").isIntegralNumber()).isTrue();
            assertThat(event.get("data").get("images").asInt()).isEqualTo(1);
            assertThat(event.get("data").get("parts").get("script").asDouble()).isPositive();
            assertThat(event.toString()).doesNotContain(USER).doesNotContain("a.jpg");
        });
        JsonNode match = events.getFirst().get("data");
        assertThat(match.get("pipeline").asText()).isEqualTo("identify");
        assertThat(match.get("kind").asText()).isEqualTo("identification");
        assertThat(match.get("outcome").asText()).isEqualTo("MATCH");
        assertThat(match.get("device").asText()).isEqualTo(device.toString());
        assertThat(match.get("gallery").asText()).isEqualTo("door");
        assertThat(match.get("score").asDouble()).isEqualTo(0.85);
        assertThat(match.get("matches").asInt()).isEqualTo(1);
        assertThat(match.get("revision").asText()).isEqualTo("1234567");
        assertThat(match.get("request").asText()).isEqualTo("r-7");
        JsonNode stranger = events.get(1).get("data");
        assertThat(stranger.get("outcome").asText()).isEqualTo("NO_MATCH");
        assertThat(stranger.get("matches").asInt()).isZero();
        assertThat(stranger.get("gallery").asText()).isEqualTo("hall");
        assertThat(stranger.has("score")).isFalse();
        assertThat(stranger.has("device")).isFalse();
        JsonNode refused = events.get(2).get("data");
        assertThat(refused.get("kind").asText()).isEqualTo("enrollment");
        assertThat(refused.get("outcome").asText()).isEqualTo("MOVE_LEFT");
        assertThat(refused.get("revision").asText()).isEqualTo("bbbbbbb");
        assertThat(refused.get("analysis").asText()).isEqualTo("aaaaaaa");
        assertThat(refused.get("parts").get("inference").asDouble()).isEqualTo(12.5);
        assertThat(refused.has("matches")).isFalse();
    }

    private List<JsonNode> events(int count) {
        List<JsonNode> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition("recognition.event.v1", 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Awaitility.await().atMost(Duration.ofSeconds(20)).pollInSameThread().until(() -> {
                for (var event : consumer.poll(Duration.ofMillis(100))) {
                    if (event.key().startsWith(customer + "/production/")) {
                        found.add(json.readTree(event.value()));
                    }
                }
                return found.size() >= count;
            });
        }
        return found;
    }
}
