package io.menso.commons.data;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends outbox rows to Kafka, at least once, from one thread of its own; several replicas share the work.
///
/// When `menso.outbox.heartbeat-topic` is set, each pass that leaves the table empty sends a record with key
/// `heartbeat`: a reader that saw one less than a second ago has seen every change older than that.
@ApplicationScoped
public class OutboxRelay {

    /// Key of the records that only say that nothing waits.
    public static final String HEARTBEAT_KEY = "heartbeat";

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String TAKE =
            "select seq, topic, key, payload from outbox order by seq limit 200 for update skip locked";
    private static final String DONE = "delete from outbox where seq = any($1)";
    private static final String WAITING = "select exists (select 1 from outbox)";

    private final Pool pool;
    private final String bootstrapServers;
    private final Optional<String> heartbeatTopic;
    private final long intervalMillis;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "outbox-relay");
    private volatile boolean running;
    private @Nullable KafkaProducer<String, String> producer;

    /// @param intervalMillis longest wait between two passes; smaller means fresher heartbeats and more queries
    @Inject
    public OutboxRelay(
            Pool pool,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "menso.outbox.heartbeat-topic") Optional<String> heartbeatTopic,
            @ConfigProperty(name = "menso.outbox.interval-millis", defaultValue = "100") long intervalMillis) {
        this.pool = pool;
        this.bootstrapServers = bootstrapServers;
        this.heartbeatTopic = heartbeatTopic;
        this.intervalMillis = intervalMillis;
    }

    void start(@Observes StartupEvent event) {
        running = true;
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        wake.release();
        thread.join(PATIENCE.toMillis());
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }

    /// Looks at the table soon. The caller's transaction may still be open: the next regular pass finds the row then.
    void wake() {
        wake.release();
    }

    private void run() {
        boolean failed = false;
        while (running) {
            try {
                pass();
                failed = false;
                rest(intervalMillis);
            } catch (RuntimeException e) {
                if (!failed) {
                    LOG.warnf("outbox waits: reason=%s", e.toString());
                }
                failed = true;
                rest(500);
            }
        }
    }

    private void rest(long millis) {
        try {
            if (wake.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
                Thread.sleep(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    private void pass() {
        Boolean waiting = pool.query(WAITING)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0))
                .await()
                .atMost(PATIENCE);
        if (waiting) {
            pool.withTransaction(this::drain).await().atMost(PATIENCE.multipliedBy(3));
            wake.release();
        } else if (heartbeatTopic.isPresent()) {
            deliver(List.of(new ProducerRecord<>(
                    heartbeatTopic.get(), HEARTBEAT_KEY, Long.toString(System.currentTimeMillis()))));
        }
    }

    private Uni<Void> drain(SqlConnection connection) {
        return connection
                .query(TAKE)
                .execute()
                .emitOn(Runnable::run)
                .chain(rows -> {
                    List<Row> taken = new ArrayList<>();
                    rows.forEach(taken::add);
                    return Uni.createFrom()
                            .item(() -> deliver(
                                    taken.stream().map(OutboxRelay::record).toList()))
                            .runSubscriptionOn(Thread::startVirtualThread)
                            .chain(() -> connection.preparedQuery(DONE).execute(Tuple.of(sequences(taken))));
                })
                .replaceWithVoid();
    }

    private static ProducerRecord<String, String> record(Row row) {
        return new ProducerRecord<>(row.getString("topic"), row.getString("key"), row.getString("payload"));
    }

    private static Long[] sequences(List<Row> rows) {
        return rows.stream().map(row -> row.getLong("seq")).toArray(Long[]::new);
    }

    private int deliver(List<ProducerRecord<String, String>> records) {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ProducerRecord<String, String> record : records) {
                sent.add(producer().send(record));
            }
            for (Future<RecordMetadata> future : sent) {
                future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
            return sent.size();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not take events", e);
        }
    }

    private synchronized KafkaProducer<String, String> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            bootstrapServers,
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            true,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            2000,
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            2000,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            4000,
                            ProducerConfig.BUFFER_MEMORY_CONFIG,
                            4L << 20),
                    new StringSerializer(),
                    new StringSerializer());
        }
        return producer;
    }
}
