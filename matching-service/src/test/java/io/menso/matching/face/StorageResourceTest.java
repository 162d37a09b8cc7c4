package io.menso.matching.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.menso.commons.web.Tenant;
import io.menso.matching.MatchingTest;
import io.menso.matching.Vectors;
import io.menso.matching.index.Entry;
import io.menso.matching.index.IndexLoader;
import io.menso.matching.index.Space;
import io.menso.matching.index.VectorIndex;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StorageResourceTest extends MatchingTest {

    private static final float[] FACE = Vectors.at(1, 1);

    @Inject
    Pool pool;

    @Inject
    VectorIndex index;

    @Inject
    IndexLoader loader;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private List<Row> sql(String query, Object... arguments) {
        List<Row> rows = new ArrayList<>();
        pool.preparedQuery(query)
                .execute(Tuple.from(arguments))
                .await()
                .atMost(Duration.ofSeconds(5))
                .forEach(rows::add);
        return rows;
    }

    private Space space() {
        return new Space(Tenant.of(customer, "production"), REVISION);
    }

    @Test
    @DisplayName("No table holds the plain bytes of a vector, in whole or in part, in any usual form")
    void encryptedAtRest() {
        float[] face = Vectors.random(new Random(5), Vectors.DIMENSION);
        UUID user = enrolled(face);
        byte[] plain = Vectors.bytes(face);
        List<String> forms = new ArrayList<>();
        for (int i = 0; i < plain.length; i += 8) {
            forms.add(HexFormat.of().formatHex(plain, i, i + 8));
        }
        forms.add(Base64.getEncoder().encodeToString(plain).substring(0, 20));
        forms.add(Float.toString(face[0]));

        List<String> tables =
                sql("select table_name from information_schema.tables where table_schema = 'public'").stream()
                        .map(row -> row.getString(0))
                        .toList();

        assertThat(tables).contains("faces", "templates", "memberships", "erased_users", "data_keys", "outbox");
        for (String table : tables) {
            for (Row row : sql("select cast(t as text) from " + table + " t")) {
                assertThat(row.getString(0)).doesNotContain(forms);
            }
        }
        assertThat(sql("select sealed from templates where user_id = $1", user)
                        .getFirst()
                        .getBuffer(0)
                        .length())
                .as("nonce, 16 numbers and tag")
                .isEqualTo(12 + 64 + 16);
    }

    @Test
    @DisplayName("A template that is moved to another user opens for nobody")
    void boundToItsUser() {
        UUID victim = enrolled(Vectors.at(0, 2));
        UUID thief = enrolled(FACE);
        sql(
                "update templates set sealed = (select sealed from templates where user_id = $1) where user_id = $2",
                thief,
                victim);

        system().contentType("application/json")
                .body(Map.of("user_id", victim, "embedding", Vectors.embedding(REVISION, FACE)))
                .post("/v3/faces/verify")
                .then()
                .statusCode(500);
        system().delete("/v3/users/{user}/face", victim).then().statusCode(204);
    }

    @Test
    @DisplayName("A restart rebuilds the index from the database, page by page")
    void rebuild() {
        List<String> users = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            users.add(enrolled(Vectors.at(0.95 - i * 0.05, 1)).toString());
        }
        UUID deleted = enrolled(FACE);
        system().delete("/v3/users/{user}/face", deleted).then().statusCode(204);
        index.clear();
        search(system(), FACE, Map.of("limit", 10)).body("users", is(List.of()));

        loader.rebuild();

        search(system(), FACE, Map.of("limit", 10)).statusCode(200).body("users.uuid", is(users));
        assertThat(loader.isLoaded()).isTrue();
    }

    @Test
    @DisplayName("D6: a hit that the database does not confirm never leaves, and those behind it do")
    void unconfirmedHits() {
        List<String> users = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            users.add(enrolled(Vectors.at(0.9 - i * 0.05, 1)).toString());
        }
        List<Entry> ghosts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ghosts.add(new Entry(UUID.randomUUID(), 1, Vectors.at(0.99, 2)));
        }
        index.put(space(), ghosts);

        search(system(), FACE, Map.of("limit", 2)).statusCode(200).body("users.uuid", is(users.subList(0, 2)));
        search(system(), FACE, Map.of()).statusCode(200).body("users.uuid", is(users));
    }

    @Test
    @DisplayName("D8: an index that is behind the database catches up within the search")
    void staleEntry() {
        UUID user = enrolled(FACE);
        long version = index.version(space(), user).getAsLong();
        enroll(system(), user, Vectors.at(0.9, 3)).statusCode(200);
        index.remove(space(), user);
        index.put(space(), List.of(new Entry(user, version, FACE)));

        search(system(), FACE, Map.of())
                .statusCode(200)
                .body("users.uuid", is(List.of(user.toString())))
                .body("users.score", is(List.of(0.95f)));
    }

    @Test
    @DisplayName("What another replica stored or deleted arrives by event")
    void replicas() {
        // Given a face that this process does not know, as if another replica had stored it
        UUID user = enrolled(FACE);
        index.remove(space(), user);

        sql("insert into outbox (topic, key, payload) values ('matching.template.v1', $1, $2)", customer, event(user));

        await().until(() -> index.version(space(), user).isPresent());
        sql("delete from faces where user_id = $1", user);
        sql("insert into outbox (topic, key, payload) values ('matching.template.v1', $1, $2)", customer, event(user));
        await().until(() -> index.version(space(), user).isEmpty());
    }

    private String event(UUID user) {
        return """
                {"id":"%s","type":"template.changed","time":1,"customer":"%s","environment":"production",\
                "version":%d,"data":{"user":"%s"}}""".formatted(UUID.randomUUID(), customer, Long.MAX_VALUE, user);
    }

    @Test
    @DisplayName("Each stored and deleted face is published, without its template")
    void published() {
        UUID user = enrolled(FACE);
        erase(user).statusCode(204);
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "group.id", customer, "auto.offset.reset", "earliest");
        List<String> events = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("matching.template.v1"));
            await().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (record.key().equals(customer + "/production/" + user)) {
                        events.add(record.value());
                    }
                });
                return events.size() == 2;
            });
        }
        assertThat(events.getFirst()).contains("template.changed", user.toString(), REVISION, "16");
        assertThat(events.getLast()).contains("template.deleted", user.toString());
        assertThat(events.toString())
                .doesNotContain("sealed", Vectors.base64(FACE).substring(0, 12));
    }
}
