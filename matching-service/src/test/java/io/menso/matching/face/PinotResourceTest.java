package io.menso.matching.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.menso.commons.web.Tenant;
import io.menso.matching.MatchingTest;
import io.menso.matching.PinotServers;
import io.menso.matching.Vectors;
import io.menso.matching.index.IndexLoader;
import io.menso.matching.index.Space;
import io.menso.matching.index.VectorIndex;
import io.menso.matching.index.pinot.PinotLoader;
import io.menso.matching.tenantkey.TemplateCipher;
import io.menso.matching.tenantkey.TenantKeys;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Faces, database and Pinot together.
@QuarkusTest
@WithTestResource(PinotServers.class)
class PinotResourceTest extends MatchingTest {

    private static final float[] FACE = Vectors.at(1, 1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 1200;

    @Inject
    Pool pool;

    @Inject
    VectorIndex index;

    @Inject
    IndexLoader loader;

    @Inject
    PinotLoader filling;

    @Inject
    TenantKeys keys;

    Consumer<String> pinot = _ -> {
        throw new IllegalStateException("not injected");
    };

    private List<Row> sql(String query, Object... arguments) {
        List<Row> rows = new ArrayList<>();
        pool.preparedQuery(query)
                .execute(Tuple.from(arguments))
                .await()
                .atMost(Duration.ofSeconds(5))
                .forEach(rows::add);
        return rows;
    }

    private Tenant tenant() {
        return Tenant.of(customer, "production");
    }

    /// Waits until this process holds nothing of the user any more, so that whatever is found comes from Pinot.
    private void awaitPinot(UUID user) {
        await().atMost(PATIENCE)
                .until(() -> index.version(new Space(tenant(), REVISION), user).isEmpty());
    }

    /// A face that got into the database while another index was in use: no event ever told Pinot.
    private void store(TemplateCipher cipher, UUID user, float[] face) {
        byte[] sealed = cipher.seal(user, REVISION, face);
        sql("insert into faces values ($1, $2, 1, 1, nextval('face_version'))", tenant().id(), user);
        sql(
                "insert into templates values ($1, $2, $3, $4, $5)",
                tenant().id(),
                user,
                REVISION,
                face.length,
                Buffer.buffer(sealed));
    }

    @Test
    @DisplayName("A face is found at once, later from Pinot, and is gone with its deletion")
    void life() {
        // Given
        UUID user = enrolled(FACE);
        search(system(), FACE, Map.of()).statusCode(200).body("users.uuid", is(List.of(user.toString())));

        // When
        awaitPinot(user);

        // Then
        search(system(), FACE, Map.of())
                .statusCode(200)
                .body("users.uuid", is(List.of(user.toString())))
                .body("users.score", is(List.of(1.0f)));

        // When
        system().delete("/v3/users/{user}/face", user).then().statusCode(204);

        // Then
        search(system(), FACE, Map.of()).statusCode(200).body("users", is(List.of()));
    }

    @Test
    @DisplayName("Who registers again with another model is found by that one alone")
    void changeOfModel() {
        // Given
        UUID user = enrolled(FACE);
        awaitPinot(user);

        // When
        enroll(system(), Map.of("user_id", user.toString(), "embedding", Vectors.embedding("rev2", FACE)))
                .statusCode(200);

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> search(system(), FACE, Map.of()).statusCode(404).body("reason", containsString("rev2")));
        assertThat(index.held(tenant())).containsExactly("rev2");
    }

    @Test
    @DisplayName("D6: what Pinot still shows but the database does not confirm never leaves")
    void unconfirmed() {
        // Given
        UUID gone = enrolled(FACE);
        UUID there = enrolled(Vectors.at(0.9, 2));
        awaitPinot(gone);
        awaitPinot(there);

        // When
        sql("delete from faces where user_id = $1", gone);

        // Then
        search(system(), FACE, Map.of("limit", 1)).statusCode(200).body("users.uuid", is(List.of(there.toString())));
    }

    @Test
    @DisplayName(
            "A database that was filled under another index is published, and the service ready when Pinot has all that can be read")
    void backfill() throws Throwable {
        // Given
        enrolled(FACE);
        TemplateCipher cipher = VertxContextSupport.subscribeAndAwait(() -> keys.of(tenant()));
        UUID last = UUID.fromString("ffffffff-0000-7000-8000-000000000000");
        for (int i = 0; i < MANY; i++) {
            store(cipher, UUID.randomUUID(), Vectors.at(-0.9, 3));
        }
        store(cipher, last, Vectors.at(-1, 4));
        UUID unreadable = UUID.randomUUID();
        store(cipher, unreadable, Vectors.at(-1, 4));
        sql("update templates set sealed = substr(sealed, 2) where user_id = $1", unreadable);
        search(system(), Vectors.at(-1, 4), Map.of()).statusCode(200).body("users", is(List.of()));

        // When
        loader.rebuild();

        // Then
        assertThat(loader.isLoaded()).isTrue();
        search(system(), Vectors.at(-1, 4), Map.of("limit", 1))
                .statusCode(200)
                .body("users.uuid", is(List.of(last.toString())));
        search(system(), Vectors.at(-1, 4), Map.of("limit", 100))
                .statusCode(200)
                .body("users.size()", is(100));
        assertThat(filling.fill(() -> true)).isZero();
    }

    @Test
    @DisplayName("What was deleted under another index leaves Pinot")
    void purge() {
        // Given
        UUID gone = enrolled(FACE);
        UUID there = enrolled(Vectors.at(0.9, 2));
        awaitPinot(gone);
        awaitPinot(there);
        sql("delete from faces where user_id = $1", gone);

        // When
        long cleared = filling.purge(() -> true);

        // Then
        assertThat(cleared).isPositive();
        await().atMost(PATIENCE).until(() -> filling.purge(() -> true) == 0);
        search(system(), FACE, Map.of())
                .body("users.uuid", hasItem(there.toString()))
                .body("users.uuid", not(hasItem(gone.toString())));
    }

    @Test
    @DisplayName(
            "B13: without Pinot a search is 503 with Retry-After, registration goes on, and both are whole again after")
    void outage() {
        // Given
        UUID user = enrolled(FACE);
        awaitPinot(user);

        // When
        pinot.accept("kill");

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> search(system(), FACE, Map.of())
                        .statusCode(503)
                        .header("Retry-After", "1")
                        .body("error", is("UNAVAILABLE"))
                        .body("reason", containsString("Pinot")));
        UUID meanwhile = enrolled(Vectors.at(0.9, 2));

        // When
        pinot.accept("restart");

        // Then
        List<String> both = List.of(user.toString(), meanwhile.toString());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> search(system(), FACE, Map.of()).statusCode(200).body("users.uuid", is(both)));
    }
}
