package io.menso.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.menso.local.KafkaNode;
import io.menso.local.Ports;
import io.menso.pinot.PinotKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The templates table in a real cluster of two servers, fed by a real broker. Each test goes on where the one
/// before ended.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PinotClusterTest {

    private static final int ROWS = 1000;
    /// Fewer than rows, so that one segment is written for good and another is still being filled.
    private static final int ROWS_OF_SEGMENT = 600;

    private static final int DIMENSION = 128;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int STEADY = 6;

    private record Neighbour(String user, double cosine) {}

    private final Map<String, float[]> expected = new HashMap<>();
    private final float[] query = Templates.vector(-1, DIMENSION);
    private KafkaNode kafka;
    private PinotCluster pinot;
    private Templates templates;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        kafka = KafkaNode.start(directory, Ports.free(), Ports.free());
        pinot = PinotCluster.start(kafka.bootstrapServers(), 2, ROWS_OF_SEGMENT);
        templates = new Templates(kafka.bootstrapServers(), PinotKey.ofFile(pinot.keyFile()));
    }

    @AfterAll
    void stop() {
        templates.close();
        pinot.close();
        kafka.close();
    }

    @Test
    @Order(1)
    void answersAsBruteForceDoesBitForBit() throws Exception {
        // Given
        for (int i = 0; i < ROWS; i++) {
            put("user-" + i, i + 1, Templates.vector(i, DIMENSION));
        }
        templates.change("globex", "stranger", 5000, query);

        // When
        awaitUsers("acme", ROWS);
        awaitUsers("globex", 1);

        // Then
        assertThat(search()).isEqualTo(bruteForce());
    }

    @Test
    @Order(2)
    void aNewVersionReplacesTheRow() {
        // When
        put("user-3", 2001, query);

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(search()).isEqualTo(bruteForce()));
        assertThat(search().getFirst().user()).isEqualTo("user-3");
        assertThat(users("acme")).isEqualTo(ROWS);
    }

    @Test
    @Order(3)
    void aDeletedRowIsGone() {
        // When
        templates.delete("acme", "user-3", 2002);
        expected.remove("user-3");

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(search()).isEqualTo(bruteForce()));
        assertThat(users("acme")).isEqualTo(ROWS - 1);
    }

    @Test
    @Order(4)
    void eventsThatComeAgainTwiceAndInDisorderChangeNothing() throws Exception {
        // Given
        List<Neighbour> before = search();

        // When
        templates.change("acme", "user-3", 2001, query);
        for (int round = 0; round < 2; round++) {
            for (int i = ROWS - 1; i >= 0; i--) {
                templates.change("acme", "user-" + i, i + 1, Templates.vector(i, DIMENSION));
            }
        }
        templates.change("globex", "last", 5001, query);
        awaitUsers("globex", 2);

        // Then
        assertThat(search()).isEqualTo(before);
        assertThat(users("acme")).isEqualTo(ROWS - 1);
    }

    @Test
    @Order(5)
    void goesOnWhileAServerIsDead() {
        // When
        pinot.killServer(0);

        // Then
        awaitSteadyAnswers();
    }

    @Test
    @Order(6)
    void aServerThatCameBackHoldsEverythingByItself() throws Exception {
        // When
        pinot.restartServer(0);
        pinot.killServer(1);

        // Then
        awaitSteadyAnswers();
        assertThat(users("acme")).isEqualTo(ROWS - 1);
    }

    /// The broker asks the servers in turn and notices a dead one when it refuses a connection; that query fails, and
    /// says so. Never is an answer wrong: that ends the test at once.
    private void awaitSteadyAnswers() {
        await().atMost(PATIENCE).until(() -> {
            for (int i = 0; i < STEADY; i++) {
                JsonNode answer = pinot.query(nearest());
                if (!isComplete(answer)) {
                    return false;
                }
                assertThat(neighbours(answer)).isEqualTo(bruteForce());
            }
            return true;
        });
    }

    private void put(String user, long version, float[] vector) {
        templates.change("acme", user, version, vector);
        expected.put(user, vector);
    }

    private void awaitUsers(String customer, int count) throws Exception {
        templates.flush();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(users(customer)).isEqualTo(count));
    }

    private long users(String customer) {
        JsonNode answer = pinot.query(
                "select count(*) from templates where deleted = 0 and tenant = '" + customer + "/production'");
        assertThat(isComplete(answer)).as(answer.toString()).isTrue();
        return rows(answer).get(0).get(0).asLong();
    }

    private List<Neighbour> search() {
        JsonNode answer = pinot.query(nearest());
        assertThat(isComplete(answer)).as(answer.toString()).isTrue();
        return neighbours(answer);
    }

    private String nearest() {
        return "select user_id, mensoCosine(sealed, tenant, user_id, revision, version, '"
                + templates.query("acme", query) + "') as cosine from templates"
                + " where tenant = 'acme/production' and revision = '" + Templates.REVISION + "' and deleted = 0"
                + " order by cosine desc limit 5";
    }

    private static List<Neighbour> neighbours(JsonNode answer) {
        return StreamSupport.stream(rows(answer).spliterator(), false)
                .map(row -> new Neighbour(row.get(0).asText(), row.get(1).asDouble()))
                .toList();
    }

    /// Whether all servers that were asked answered.
    private static boolean isComplete(JsonNode answer) {
        return answer.path("exceptions").isEmpty()
                && answer.path("numServersResponded").equals(answer.path("numServersQueried"))
                && rows(answer).isArray();
    }

    private static JsonNode rows(JsonNode answer) {
        return answer.path("resultTable").path("rows");
    }

    private List<Neighbour> bruteForce() {
        return expected.entrySet().stream()
                .map(row -> new Neighbour(row.getKey(), inOrder(row.getValue())))
                .sorted(Comparator.comparingDouble(Neighbour::cosine).reversed())
                .limit(5)
                .toList();
    }

    private double inOrder(float[] vector) {
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += (double) vector[i] * query[i];
        }
        return sum;
    }
}
