package io.menso.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.menso.local.api.Multipart;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What happens when parts of the suite die, and that nothing that was answered is lost.
class OutagesIT {

    private final RunningSuite suite = RunningSuite.get();
    private Client backend = Client.backend();

    @BeforeEach
    void useACustomerOfItsOwn() {
        assumeTrue(suite.owned(), "processes are killed only in a suite that the tests have started");
        backend = Client.production(suite.newCustomer("outages-" + UUID.randomUUID()));
    }

    @AfterEach
    void startWhatIsMissing() {
        if (suite.owned()) {
            suite.menso("up");
            assertThat(suite.run("status").code()).isZero();
        }
    }

    @Test
    @DisplayName("Users that were answered are there after a kill -9 of identity-service during writes")
    void killedDuringWrites() throws Exception {
        Queue<String> answered = new ConcurrentLinkedQueue<>();
        AtomicBoolean running = new AtomicBoolean(true);
        try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
            Future<?> writes = writer.submit(() -> write(answered, running));
            Awaitility.await().until(() -> answered.size() > 20);

            suite.kill("identity-service");
            running.set(false);
            writes.get();
        }
        suite.menso("up");

        assertThat(answered)
                .allMatch(user -> backend.request().get("/v3/users/" + user).statusCode() == 200);
    }

    @Test
    @DisplayName("B13: without matching-service a face call is 503 with Retry-After, and a user is not deleted")
    void withoutMatching() {
        String user = backend.newUser("Survivor");

        suite.kill("matching-service");

        unavailable(backend.request().get("/v3/users/" + user + "/face"));
        unavailable(backend.request().delete("/v3/users/" + user));
        backend.request().get("/v3/users/" + user).then().statusCode(200);
    }

    @Test
    @DisplayName("B13: with Kafka down keys can be made and revoked, effective at once")
    void withoutKafka() {
        suite.kill("kafka");

        String device = backend.newDevice("NO_KAFKA");
        Client tablet = backend.deviceKey(device);
        tablet.request().get("/v3/models").then().statusCode(200);
        backend.request()
                .delete("/v3/devices/" + device + "/keys/" + tablet.kid())
                .then()
                .statusCode(204);
        tablet.request().get("/v3/models").then().statusCode(401);
        backend.json(Map.of("display_name", "Written meanwhile"))
                .post("/v3/users")
                .then()
                .statusCode(201);
    }

    @Test
    @DisplayName("B13: without a database calls are 503, and all is back after up")
    void withoutDatabase() {
        String user = backend.newUser("Kept");

        suite.kill("postgres");
        unavailable(backend.request().get("/v3/users/" + user));
        suite.menso("up");

        Awaitility.await()
                .untilAsserted(
                        () -> backend.request().get("/v3/users/" + user).then().statusCode(200));
    }

    @Test
    @DisplayName("Faces, tokens and keys are there after down and up")
    void restart() {
        Faces.assumeModels();
        List<Multipart.Image> anna = Faces.person(0);
        String user = backend.newUser("Anna");
        backend.enrol(user, anna.getFirst()).then().statusCode(200);
        backend.newToken(user, "RESTART", -10, 3600);
        Client tablet = backend.deviceKey(backend.newDevice("RESTART"));
        assertThat(tablet.identified(anna.get(1))).containsExactly(user);

        suite.menso("down");
        assertThat(suite.run("status").code()).isEqualTo(1);
        assertThat(suite.processes()).isEmpty();
        suite.menso("up");

        assertThat(tablet.identified(anna.get(1))).containsExactly(user);
    }

    private void write(Queue<String> answered, AtomicBoolean running) {
        while (running.get()) {
            Response response = backend.json(Map.of("display_name", "Written")).post("/v3/users");
            if (response.statusCode() == 201) {
                answered.add(response.path("uuid"));
            }
        }
    }

    private static void unavailable(Response response) {
        response.then().statusCode(503).header("Retry-After", notNullValue()).body("reason", notNullValue());
    }
}
