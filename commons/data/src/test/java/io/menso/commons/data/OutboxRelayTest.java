package io.menso.commons.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.menso.local.KafkaNode;
import io.menso.local.Ports;
import io.menso.local.PostgresServer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Against a real database and a real broker, both of which go away and come back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboxRelayTest {

    private static final Logger LOG = Logger.getLogger(OutboxRelayTest.class);
    private static final String TOPIC = "identity.token.v1";
    private static final String BEATS = "device.key.v1";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final int databasePort = Ports.free();
    private final int brokerPort = Ports.free();
    private final int controllerPort = Ports.free();
    private final Vertx vertx = Vertx.vertx();
    private final List<OutboxRelay> relays = new ArrayList<>();
    private final List<ConsumerRecord<String, String>> seen = new ArrayList<>();
    private final List<ConsumerRecord<String, String>> beats = new ArrayList<>();
    private Pool pool;
    private Path kafkaDirectory;
    private PostgresServer server;
    private Process postgres;
    private KafkaNode kafka;
    private KafkaConsumer<String, String> consumer;

    @BeforeAll
    void startServers(@TempDir Path directory) throws Exception {
        kafkaDirectory = directory.resolve("kafka");
        server = new PostgresServer(directory.resolve("postgres"), databasePort, "postgres", false);
        startPostgres();
        startKafka();
        pool = Pool.newInstance(PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(5))
                .connectingTo("postgresql://postgres:postgres@127.0.0.1:" + databasePort + "/postgres")
                .using(vertx)
                .build());
        execute("create table outbox (seq bigint generated always as identity primary key, topic text not null,"
                + " key text not null, payload text not null)");
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + brokerPort),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.assign(List.of(new TopicPartition(TOPIC, 0), new TopicPartition(BEATS, 0)));
    }

    @AfterAll
    void stopServers() throws Exception {
        consumer.close();
        pool.close().await().atMost(LIMIT);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        kafka.close();
        stopPostgres();
    }

    @BeforeEach
    void begin() {
        execute("truncate outbox");
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
        seen.clear();
        beats.clear();
    }

    @AfterEach
    void stopRelays() throws InterruptedException {
        for (OutboxRelay relay : relays) {
            relay.stop(new ShutdownEvent());
        }
        relays.clear();
    }

    private void startPostgres() throws Exception {
        server.initialise();
        postgres = new ProcessBuilder(server.command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().atMost(LIMIT).until(server::isReady);
    }

    private void stopPostgres() throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(postgres.pid()))
                .start()
                .waitFor();
        assertThat(postgres.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private void startKafka() throws Exception {
        kafka = KafkaNode.start(kafkaDirectory, brokerPort, controllerPort);
    }

    private OutboxRelay start(Optional<String> heartbeatTopic, long interval) {
        OutboxRelay relay =
                new OutboxRelay(pool, Map.of("bootstrap.servers", "127.0.0.1:" + brokerPort), heartbeatTopic, interval);
        relays.add(relay);
        relay.start(new StartupEvent());
        return relay;
    }

    private void execute(String sql) {
        pool.query(sql).execute().await().atMost(LIMIT);
    }

    private void append(String topic, String key, int payload) {
        pool.preparedQuery("insert into outbox (topic, key, payload) values ($1, $2, $3)")
                .execute(Tuple.of(topic, key, Integer.toString(payload)))
                .await()
                .atMost(LIMIT);
    }

    private long waiting() {
        return pool.query("select count(*) from outbox")
                .execute()
                .await()
                .atMost(LIMIT)
                .iterator()
                .next()
                .getLong(0);
    }

    private void poll(Duration time) {
        consumer.poll(time).forEach(event -> (event.topic().equals(BEATS) ? beats : seen).add(event));
    }

    private void pollUntil(BooleanSupplier condition) {
        await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInSameThread().until(() -> {
            poll(Duration.ofMillis(20));
            return condition.getAsBoolean();
        });
    }

    private void awaitEvents(int count) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (seen.size() < count && System.nanoTime() < deadline) {
            poll(Duration.ofMillis(20));
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(count);
    }

    private List<Integer> payloads(String key) {
        return seen.stream()
                .filter(event -> event.key().equals(key))
                .map(event -> Integer.valueOf(event.value()))
                .toList();
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    @DisplayName("Every committed event arrives once and in order, and the table is empty afterwards")
    void deliversInOrder() {
        execute("insert into outbox (topic, key, payload) select '" + TOPIC + "', 'k' || (n % 5), n / 5"
                + " from generate_series(0, 2999) n order by n");
        start(Optional.empty(), 100);
        awaitEvents(3000);
        assertThat(seen).hasSize(3000);
        for (int key = 0; key < 5; key++) {
            assertThat(payloads("k" + key)).isEqualTo(upTo(600));
        }
        await().atMost(LIMIT).until(() -> waiting() == 0);
    }

    @Test
    @DisplayName("Several replicas keep the order of each key too")
    void keepsOrderOverReplicas() {
        OutboxRelay first = start(Optional.empty(), 20);
        OutboxRelay second = start(Optional.empty(), 20);
        for (int i = 0; i < 300; i++) {
            append(TOPIC, "k", i);
            (i % 2 == 0 ? first : second).wake();
        }
        awaitEvents(300);
        assertThat(payloads("k")).isEqualTo(upTo(300));
    }

    @Test
    @DisplayName("An event leaves within milliseconds of its commit, although the wake-up comes before the commit")
    void wakesQuickly() {
        OutboxRelay relay = start(Optional.empty(), 1000);
        long[] took = new long[30];
        for (int i = 0; i < took.length; i++) {
            int number = i;
            long[] committed = new long[1];
            pool.withTransaction(connection -> connection
                            .preparedQuery("insert into outbox (topic, key, payload) values ($1, $2, $3)")
                            .execute(Tuple.of(TOPIC, "k", Integer.toString(number)))
                            .invoke(relay::wake)
                            .onItem()
                            .delayIt()
                            .by(Duration.ofMillis(5)))
                    .invoke(() -> committed[0] = System.nanoTime())
                    .await()
                    .atMost(LIMIT);
            awaitEvents(i + 1);
            took[i] = System.nanoTime() - committed[0];
        }
        Arrays.sort(took);
        LOG.infof(
                "commit to consumer: median=%dus worst=%dus",
                took[took.length / 2] / 1000, took[took.length - 1] / 1000);
        assertThat(Duration.ofNanos(took[took.length / 2])).isLessThan(Duration.ofMillis(200));
    }

    @Test
    @DisplayName("B13: nothing is lost or reordered while Kafka is away and comes back at the same port")
    void survivesKafka() throws Exception {
        OutboxRelay relay = start(Optional.empty(), 50);
        append(TOPIC, "k", 0);
        awaitEvents(1);
        kafka.close();
        for (int i = 1; i < 50; i++) {
            append(TOPIC, "k", i);
            relay.wake();
        }
        assertThat(waiting()).isEqualTo(49);
        startKafka();
        append(TOPIC, "k", 50);
        awaitEvents(51);
        await().atMost(LIMIT).until(() -> waiting() == 0);
        assertThat(payloads("k").stream().distinct().toList()).isEqualTo(upTo(51));
        assertThat(payloads("k").getLast()).isEqualTo(50);
    }

    @Test
    @DisplayName("B13: the relay goes on after the database was away and came back at the same port")
    void survivesPostgres() throws Exception {
        start(Optional.of(BEATS), 50);
        append(TOPIC, "k", 0);
        awaitEvents(1);
        stopPostgres();
        startPostgres();
        append(TOPIC, "k", 1);
        awaitEvents(2);
        assertThat(payloads("k")).isEqualTo(upTo(2));
        beats.clear();
        pollUntil(() -> !beats.isEmpty());
    }

    @Test
    @DisplayName("Start and stop do not wait for servers that are away")
    void blocksNeitherStartNorStop() throws Exception {
        append(TOPIC, "k", 0);
        kafka.close();
        long begin = System.nanoTime();
        OutboxRelay relay = start(Optional.empty(), 50);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(500));
        long stopping = System.nanoTime();
        relay.stop(new ShutdownEvent());
        assertThat(Duration.ofNanos(System.nanoTime() - stopping)).isLessThan(Duration.ofMillis(4500));
        startKafka();
        start(Optional.empty(), 50);
        awaitEvents(1);
        assertThat(payloads("k")).isEqualTo(upTo(1));
    }

    @Test
    @DisplayName("A9: heartbeats come while nothing waits, tell a time before the check, and stop while anything waits")
    void beatsOnlyWhenEmpty() {
        start(Optional.of(BEATS), 50);
        pollUntil(() -> beats.size() >= 3);
        assertThat(beats).allSatisfy(beat -> {
            assertThat(beat.key()).isEqualTo(OutboxRelay.HEARTBEAT_KEY);
            assertThat(Long.parseLong(beat.value()))
                    .isEqualTo(beat.timestamp())
                    .isLessThanOrEqualTo(System.currentTimeMillis());
        });

        append("no.such.topic.v1", "stuck", 0);
        append(TOPIC, "k", 0);
        long committed = System.currentTimeMillis();
        awaitEvents(1);
        append(TOPIC, "k", 1);
        awaitEvents(2);
        poll(Duration.ofMillis(100));
        assertThat(beats).allSatisfy(beat -> assertThat(beat.timestamp()).isLessThanOrEqualTo(committed));
        assertThat(waiting()).isEqualTo(1);

        execute("delete from outbox");
        beats.clear();
        pollUntil(() -> !beats.isEmpty());
    }

    @Test
    @DisplayName("An event that Kafka refuses holds back the later ones of its key, and no other key")
    void holdsBackOneKey() {
        String tooLarge = "x".repeat(2_000_000);
        pool.preparedQuery("insert into outbox (topic, key, payload) values ($1, 'bad', $2), ($1, 'bad', '1'),"
                        + " ($1, 'good', '2')")
                .execute(Tuple.of(TOPIC, tooLarge))
                .await()
                .atMost(LIMIT);
        start(Optional.empty(), 50);
        pollUntil(() -> !payloads("good").isEmpty());
        await().atMost(LIMIT).until(() -> waiting() == 2);
        execute("delete from outbox where length(payload) > 1");
        await().atMost(LIMIT).until(() -> waiting() == 0);
    }
}
