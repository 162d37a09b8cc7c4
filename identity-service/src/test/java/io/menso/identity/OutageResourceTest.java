package io.menso.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(IdentityServers.class)
class OutageResourceTest {

    private final Api api = Api.newCustomer();

    @Inject
    FakeMatching matching;

    @Inject
    EventLog events;

    @Inject
    Pool pool;

    @BeforeEach
    void start() {
        matching.up();
    }

    private void cutConnections() {
        pool.query("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where pid <> pg_backend_pid() and backend_type = 'client backend'")
                .execute()
                .onFailure()
                .retry()
                .atMost(20)
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("B13: while database connections break, answers are right or 503, never 500, and all goes on after")
    void survivesBrokenConnections() {
        for (int round = 0; round < 5; round++) {
            String user = api.newUser();
            List<Response> answers = Parallel.run(8, i -> {
                if (i == 0) {
                    cutConnections();
                }
                return i % 2 == 0
                        ? api.request().get("/v3/users/" + user)
                        : api.patch("{\"display_name\":\"n" + i + "\"}").patch("/v3/users/" + user);
            });
            assertThat(answers).extracting(Response::statusCode).isSubsetOf(200, 503);
            answers.stream()
                    .filter(answer -> answer.statusCode() == 503)
                    .forEach(answer ->
                            Api.assertError(answer.then(), 503, "UNAVAILABLE").header("Retry-After", "1"));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> api.request().get("/v3/users/" + user).then().statusCode(200));
            api.request().delete("/v3/users/" + user).then().statusCode(204);
            assertThat(events.of("identity.user.v1", api.eventKey(user), 2)
                            .getLast()
                            .path("type")
                            .asText())
                    .isIn("user.changed", "user.deleted");
        }
    }
}
