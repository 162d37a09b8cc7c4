package io.menso.commons.data;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends outbox rows to Kafka, at least once and in the order of `seq`, from one thread of its own.
///
/// An advisory lock lets one replica send at a time: two that share the rows could send two events of one key in the
/// wrong order, and a compacted topic would then keep the older one for ever. A row goes away only after Kafka has
/// acknowledged it. One that Kafka refuses holds back the later ones of its key, not the others.
///
/// When `menso.outbox.heartbeat-topic` (one partition) is set, a record with key `heartbeat` follows whenever nothing
/// waits. Its value and timestamp are the time in milliseconds before the table was found empty: who reads it has seen
/// every change that was committed earlier than that.
@ApplicationScoped
public class OutboxRelay {

    /// Key of the records that only say that nothing waits.
    public static final String HEARTBEAT_KEY = "heartbeat";

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long FAILURE_PAUSE_MILLIS = 500;
    private static final long BUSY_PAUSE_MILLIS = 10;
    private static final long ALERT_PAUSE_MILLIS = 5;
    private static final long ALERT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long REMINDER_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final String WAITING = "select exists (select 1 from outbox)";
    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtextextended('menso.outbox', 0))";
    private static final String TAKE = "select seq, topic, key, payload from outbox order by seq limit 200";
    private static final String DONE = "delete from outbox where seq = any($1)";

    private final Pool pool;
    private final Map<String, Object> kafka;
    private final Optional<String> heartbeatTopic;
    private final long intervalMillis;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "outbox-relay");
    private volatile boolean running;
    private volatile long alertUntil = System.nanoTime();
    private long nextHeartbeat = System.nanoTime();
    private long nextReminder = System.nanoTime();
    private boolean failing;
    private @Nullable KafkaProducer<String, String> producer;

    /// @param kafka          settings of the Kafka client, all that begin with `kafka.`
    /// @param intervalMillis longest wait between two passes; smaller means fresher heartbeats and more queries
    @Inject
    public OutboxRelay(
            Pool pool,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "menso.outbox.heartbeat-topic") Optional<String> heartbeatTopic,
            @ConfigProperty(name = "menso.outbox.interval-millis", defaultValue = "100") long intervalMillis) {
        this.pool = pool;
        this.kafka = Map.copyOf(kafka);
        this.heartbeatTopic = heartbeatTopic;
        this.intervalMillis = intervalMillis;
    }

    void start(@Observes StartupEvent event) {
        running = true;
        thread.setDaemon(true);
        thread.start();
    }

    /// Lets the pass that runs finish, for a short while; what is not sent then waits in the table for the next start.
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        wake.release();
        thread.join(Duration.ofSeconds(2));
        thread.interrupt();
        thread.join(Duration.ofSeconds(2));
    }

    /// Looks at the table at once and then often for a moment: the caller's transaction is usually still open.
    void wake() {
        alertUntil = System.nanoTime() + ALERT_NANOS;
        wake.release();
    }

    private void run() {
        while (running) {
            try {
                long pause = pass();
                recovered();
                rest(pause);
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        }
        discardProducer();
    }

    /// @return milliseconds to rest before the next pass
    private long pass() {
        long asOf = System.currentTimeMillis();
        if (isWaiting()) {
            return drain() > 0 ? 0 : BUSY_PAUSE_MILLIS;
        }
        if (heartbeatTopic.isPresent() && System.nanoTime() - nextHeartbeat >= 0) {
            beat(heartbeatTopic.get(), asOf);
        }
        return System.nanoTime() - alertUntil < 0 ? ALERT_PAUSE_MILLIS : intervalMillis;
    }

    private boolean isWaiting() {
        return await(pool.query(WAITING).execute()).iterator().next().getBoolean(0);
    }

    private void beat(String topic, long asOf) {
        nextHeartbeat = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(intervalMillis);
        requireArrived(send(new ProducerRecord<>(topic, null, asOf, HEARTBEAT_KEY, Long.toString(asOf))));
    }

    /// Sends up to 200 rows; rolls back, and so keeps them all, when anything but Kafka fails.
    private int drain() {
        // No time limit here: a connection that came after it would be lost to the pool.
        SqlConnection connection = pool.getConnection().await().indefinitely();
        try {
            Transaction transaction = await(connection.begin());
            if (!await(connection.query(LOCK).execute()).iterator().next().getBoolean(0)) {
                return 0;
            }
            List<Row> rows = new ArrayList<>();
            await(connection.query(TAKE).execute()).forEach(rows::add);
            Long[] arrived = deliver(rows);
            await(connection.preparedQuery(DONE).execute(Tuple.of(arrived)));
            await(transaction.commit());
            if (arrived.length < rows.size()) {
                throw new IllegalStateException("Kafka did not take " + (rows.size() - arrived.length) + " events");
            }
            return rows.size();
        } finally {
            await(connection.close().onFailure().recoverWithNull());
        }
    }

    /// @return the `seq` of the rows that have arrived and that no earlier row of the same key holds back
    private Long[] deliver(List<Row> rows) {
        List<Future<RecordMetadata>> sent = sendAll(rows);
        Set<String> heldBack = new HashSet<>();
        List<Long> arrived = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            String lane = row.getString("topic") + ' ' + row.getString("key");
            if (!hasArrived(sent.get(i))) {
                heldBack.add(lane);
            } else if (!heldBack.contains(lane)) {
                arrived.add(row.getLong("seq"));
            }
        }
        return arrived.toArray(Long[]::new);
    }

    /// A topic that is not known is not asked for again: without a broker each attempt takes two seconds.
    private List<Future<RecordMetadata>> sendAll(List<Row> rows) {
        Map<String, Future<RecordMetadata>> refused = new HashMap<>();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Row row : rows) {
            String topic = row.getString("topic");
            Future<RecordMetadata> future = refused.get(topic);
            if (future == null) {
                future = send(new ProducerRecord<>(topic, row.getString("key"), row.getString("payload")));
            }
            if (future.state() == Future.State.FAILED
                    && future.exceptionNow() instanceof org.apache.kafka.common.errors.TimeoutException) {
                refused.put(topic, future);
            }
            sent.add(future);
        }
        return sent;
    }

    private Future<RecordMetadata> send(ProducerRecord<String, String> record) {
        try {
            return producer().send(record);
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean hasArrived(Future<RecordMetadata> future) {
        try {
            requireArrived(future);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void requireArrived(Future<RecordMetadata> future) {
        try {
            future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not take events: " + e.getMessage(), e);
        }
    }

    private void rest(long millis) {
        try {
            if (wake.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            LOG.debug("outbox relay wakes to stop");
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.info("outbox flows again");
        }
    }

    /// What the producer still holds is discarded with it: it comes again from the table, in order.
    private void failed(Throwable e) {
        if (!failing || System.nanoTime() - nextReminder >= 0) {
            LOG.warnf("outbox waits: reason=%s", e);
            nextReminder = System.nanoTime() + REMINDER_NANOS;
        }
        failing = true;
        discardProducer();
        try {
            if (running) {
                Thread.sleep(FAILURE_PAUSE_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            LOG.debug("outbox relay wakes to stop");
        }
    }

    private void discardProducer() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private KafkaProducer<String, String> producer() {
        if (producer == null) {
            Map<String, Object> settings = new HashMap<>(kafka);
            settings.keySet().retainAll(ProducerConfig.configNames());
            settings.putAll(Map.of(
                    ProducerConfig.ACKS_CONFIG, "all",
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                    ProducerConfig.LINGER_MS_CONFIG, 0,
                    ProducerConfig.MAX_BLOCK_MS_CONFIG, 2000,
                    ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2000,
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 4000,
                    ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20));
            producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        }
        return producer;
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
