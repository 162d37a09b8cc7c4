package io.menso.pipeline.insights;

import static io.menso.pipeline.Api.as;
import static io.menso.pipeline.Api.asDevice;
import static io.menso.pipeline.Api.customer;
import static io.menso.pipeline.Api.execute;
import static io.menso.pipeline.Api.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.pipeline.FakeServices;
import io.menso.pipeline.PipelineServers;
import io.menso.testing.InternalTokens;
import io.menso.testing.PinotCluster;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Insights with a real Pinot: some events by executions, through outbox and Kafka; those with times and figures of
/// their own straight into Kafka.
@QuarkusTest
@WithTestResource(PipelineServers.class)
class InsightsResourceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String INSIGHTS = "/v3/insights/recognitions";
    private static final String USER = "0190fcef-d905-702e-8492-936bca2df6ff";
    private static final String ANALYSIS = "POST /inference/v3/models/face_analysis";
    private static final String SEARCH = "POST /matching/v3/faces/search";

    /// A full hour, long past: nothing else happens then.
    private static final long HOUR = 1_700_002_800;

    /// Segments so short that the tests' events fill several of them.
    private static final int ROWS = 200;

    private static PinotCluster pinot;

    private final String customer = customer();

    @Inject
    FakeServices services;

    @Inject
    ObjectMapper json;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private EventFeed feed;

    @BeforeAll
    static void startPinot() throws IOException {
        Config config = ConfigProvider.getConfig();
        String broker = config.getValue("menso.pipeline.pinot.broker", String.class);
        pinot = PinotCluster.start(
                config.getValue("kafka.bootstrap.servers", String.class),
                1,
                ROWS,
                URI.create("http://" + broker).getPort());
    }

    @AfterAll
    static void stopPinot() {
        pinot.close();
    }

    @BeforeEach
    void reset() {
        feed = new EventFeed(kafka, json);
        services.reset();
        // A new table takes a moment.
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> as("nobody").get(INSIGHTS).statusCode() == 200);
        services.answer(ANALYSIS, 200, "{\"revision\":\"aaaaaaa\",\"embedding\":{\"revision\":\"1234567\"}}");
    }

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    @DisplayName("What a tablet and a back-end did is told seconds later, by outcome, and only to their customer")
    void tellsWhatHappened() {
        UUID device = UUID.randomUUID();
        services.answer(SEARCH, 200, "{\"users\":[{\"uuid\":\"" + USER + "\",\"score\":0.87}]}");
        execute(asDevice(customer, device, "door"), "identify").statusCode(200);
        execute(as(customer), "identify?gallery=hall").statusCode(200);
        services.answer(SEARCH, 200, "{\"users\":[]}");
        execute(asDevice(customer, device, "door"), "identify").statusCode(200);
        services.answer("POST /matching/v3/faces/verify", 200, "{\"score\":0.02}");
        execute(as(customer), "verify?user_id=" + USER).statusCode(200);
        String own = store(customer, "async (api, body) => api.post('/v3/models/face_analysis', body)");
        services.answer(ANALYSIS, 422, "{\"error\":\"BAD_LIVENESS\",\"reason\":\"r\"}");
        execute(asDevice(customer, device, "door"), own).statusCode(422);
        String stranger = customer();
        execute(as(stranger), "identify").statusCode(422);

        JsonNode all = awaitCount(5, "");

        assertThat(all.path("totals").path("outcomes"))
                .isEqualTo(tree("{\"BAD_LIVENESS\":1,\"MATCH\":2,\"NO_MATCH\":1,\"OK\":1}"));
        assertThat(all.path("totals").path("scores").get(17).asInt()).isEqualTo(2);
        assertThat(all.path("totals").path("scores").get(0).asInt()).isEqualTo(1);
        assertThat(all.path("totals").has("key")).isFalse();
        assertThat(all.path("groups")).isEmpty();
        assertThat(all.path("through").asLong() - all.path("from").asLong()).isEqualTo(86_400);
        assertThat(count("gallery=door")).isEqualTo(3);
        assertThat(count("gallery=hall")).isEqualTo(1);
        assertThat(count("device=" + device)).isEqualTo(3);
        assertThat(count("pipeline=" + own)).isEqualTo(1);
        assertThat(count("pipeline=verify")).isEqualTo(1);
        assertThat(count("revision=1234567")).isEqualTo(4);
        assertThat(count("revision=1234567&gallery=door&pipeline=identify")).isEqualTo(2);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        ask(as(stranger), "").path("totals").path("outcomes").equals(tree("{\"BAD_LIVENESS\":1}")));
        assertThat(ask(staging(customer), "").path("totals").path("count").asLong())
                .isZero();
        assertThat(ask(staging(customer), "group_by=gallery").path("groups")).isEmpty();
    }

    @Test
    @DisplayName("Groups come by any dimensions, in the order of their keys, with figures of their own")
    void groups() {
        for (int i = 0; i < 1000; i++) {
            int number = i;
            feed.send(customer, (HOUR + i % 2 * 3600L) * 1000, data -> {
                data.put("gallery", number % 2 == 0 ? "a" : "b");
                data.put("millis", number + 1);
                data.put("score", (number % 20) / 20.0);
                data.put("outcome", number % 4 == 0 ? "MATCH" : "NO_MATCH");
            });
        }
        feed.send(customer, HOUR * 1000, data -> data.put("kind", "verification"));
        feed.send(customer, (HOUR + 7200) * 1000, data -> data.put("score", 1.0));
        String period = "from=" + HOUR + "&through=" + (HOUR + 7200);
        awaitCount(1002, period);

        JsonNode answer = ask(as(customer), period + "&group_by=gallery,hour");

        assertThat(answer.path("group_by")).isEqualTo(tree("[\"gallery\",\"hour\"]"));
        assertThat(answer.path("groups").findValues("key"))
                .isEqualTo(List.of(
                        tree("{\"gallery\":null,\"hour\":" + HOUR + "}"),
                        tree("{\"gallery\":null,\"hour\":" + (HOUR + 7200) + "}"),
                        tree("{\"gallery\":\"a\",\"hour\":" + HOUR + "}"),
                        tree("{\"gallery\":\"b\",\"hour\":" + (HOUR + 3600) + "}")));
        JsonNode a = answer.path("groups").get(2);
        assertThat(a.path("count").asInt()).isEqualTo(500);
        assertThat(a.path("outcomes")).isEqualTo(tree("{\"MATCH\":250,\"NO_MATCH\":250}"));
        assertThat(a.path("scores")).isEqualTo(tree("[50,0,50,0,50,0,50,0,50,0,50,0,50,0,50,0,50,0,50,0]"));
        assertThat(a.path("millis").path("p50").asDouble()).isCloseTo(500, within(10.0));
        assertThat(a.path("millis").path("p90").asDouble()).isCloseTo(900, within(10.0));
        assertThat(a.path("millis").path("p99").asDouble()).isCloseTo(990, within(10.0));
        assertThat(a.path("first").asLong()).isEqualTo(HOUR);
        assertThat(a.path("last").asLong()).isEqualTo(HOUR);
        assertThat(answer.path("groups").get(1).path("scores").get(19).asInt()).isEqualTo(1);
        assertThat(answer.path("truncated").asBoolean()).isFalse();
        assertThat(answer.path("totals").path("count").asInt()).isEqualTo(1002);
        JsonNode cut = ask(as(customer), period + "&group_by=gallery,hour&limit=3");
        assertThat(cut.path("groups").size()).isEqualTo(3);
        assertThat(cut.path("truncated").asBoolean()).isTrue();
        assertThat(cut.path("groups").get(2)).isEqualTo(a);
        JsonNode outcomes = ask(as(customer), period + "&group_by=outcome,kind");
        assertThat(outcomes.path("groups").findValues("key"))
                .isEqualTo(List.of(
                        tree("{\"outcome\":\"MATCH\",\"kind\":\"identification\"}"),
                        tree("{\"outcome\":\"MATCH\",\"kind\":\"verification\"}"),
                        tree("{\"outcome\":\"NO_MATCH\",\"kind\":\"identification\"}")));
        assertThat(outcomes.path("groups").get(2).path("outcomes")).isEqualTo(tree("{\"NO_MATCH\":750}"));
    }

    @Test
    @DisplayName("Both seconds of a period belong to it, to the millisecond")
    void edges() {
        for (long millis : List.of(-1L, 0L, 1999L, 2000L)) {
            feed.send(customer, HOUR * 1000 + millis, data -> {});
        }
        awaitCount(4, "from=" + (HOUR - 1) + "&through=" + (HOUR + 2));

        assertThat(count("from=" + HOUR + "&through=" + (HOUR + 1))).isEqualTo(2);
        assertThat(count("from=" + (HOUR + 2) + "&through=" + (HOUR + 2))).isEqualTo(1);
        assertThat(count("through=" + (HOUR - 1))).isEqualTo(1);
    }

    @Test
    @DisplayName("Hostile gallery names find their own events and nothing else")
    void hostile() {
        List<String> names = List.of(
                "it's",
                "' or tenant <> '",
                "\\' or 1=1 --",
                "\\",
                "\"time\"",
                "a/*b*/; set timeoutMs=1;",
                "') or decodeUrl('a') = decodeUrl('a",
                "x option(timeoutMs=1)",
                "日本 \u202e 😀 é",
                "100%25 + 1 & x=y",
                "  spaces  ",
                "null",
                "$.gallery");
        names.forEach(name -> feed.send(customer, HOUR * 1000, data -> data.put("gallery", name)));
        String period = "from=" + HOUR + "&through=" + HOUR;
        awaitCount(names.size(), period);

        for (String name : names) {
            JsonNode answer =
                    answer(as(customer).queryParam("gallery", name), INSIGHTS + "?group_by=gallery&" + period);
            assertThat(answer.path("totals").path("count").asInt()).as(name).isEqualTo(1);
            assertThat(answer.path("groups").get(0).path("key").path("gallery").asText())
                    .isEqualTo(name);
        }
        assertThat(count(period + "&gallery=ITS")).isZero();
        assertThat(answer(as(customer()).queryParam("gallery", names.get(1)), INSIGHTS + "?" + period)
                        .path("totals")
                        .path("count")
                        .asInt())
                .isZero();
    }

    @Test
    @DisplayName("B13: what a server that is down would have to tell is missing: 503, until it is back")
    void serverDown() throws IOException {
        feed.send(customer, HOUR * 1000, data -> {});
        String period = "?from=" + HOUR + "&through=" + HOUR;
        awaitCount(1, period.substring(1));

        pinot.killServer(0);
        as(customer)
                .get(INSIGHTS + period)
                .then()
                .statusCode(503)
                .header("Retry-After", "5")
                .body("reason", containsString("./menso up --pinot"));

        pinot.restartServer(0);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> as(customer).get(INSIGHTS + period).statusCode() == 200);
        awaitCount(1, period.substring(1));
    }

    @ParameterizedTest
    @DisplayName("B1: a wrong parameter is 400 and named")
    @CsvSource({"from=x, from", "group_by=user, group_by", "device=1, device", "limit=1001, limit", "page=1, page"})
    void refuses(String query, String name) {
        as(customer)
                .get(INSIGHTS + "?" + query)
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"))
                .body("reason", containsString(name));
    }

    @Test
    @DisplayName("A8: a device key may not ask, and without a token nobody may")
    void systemKeysOnly() {
        asDevice(customer, UUID.randomUUID(), "door")
                .get(INSIGHTS)
                .then()
                .statusCode(401)
                .body("error", equalTo("BAD_AUTH"));
        RestAssured.given().get(INSIGHTS).then().statusCode(401);
        as(customer).post(INSIGHTS).then().statusCode(405).header("Allow", "GET, HEAD");
    }

    private static RequestSpecification staging(String customer) {
        return RestAssured.given().header("Authorization", "Bearer " + InternalTokens.system(customer, "staging"));
    }

    private JsonNode ask(RequestSpecification request, String query) {
        return answer(request, query.isEmpty() ? INSIGHTS : INSIGHTS + "?" + query);
    }

    private JsonNode answer(RequestSpecification request, String path) {
        return tree(request.get(path).then().statusCode(200).extract().asString());
    }

    private long count(String query) {
        return ask(as(customer), query).path("totals").path("count").asLong();
    }

    private JsonNode awaitCount(int count, String query) {
        Awaitility.await().atMost(PATIENCE).until(() -> count(query) >= count);
        JsonNode answer = ask(as(customer), query);
        assertThat(answer.path("totals").path("count").asInt()).isEqualTo(count);
        return answer;
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
