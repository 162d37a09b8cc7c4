package io.menso.matching.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.data.OutboxRelay;
import io.menso.commons.web.EventEnvelope;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Brings each event of a topic to a handler, in order and at least once, from one thread of its own.
///
/// It waits patiently for a broker that is away. An event that cannot be read is skipped, one that cannot be
/// handled is tried again until it can.
public final class TopicFollower implements AutoCloseable {

    /// Handles one event; blocks until it is done and may throw, and is called again with the same event then.
    @FunctionalInterface
    public interface Handler {
        void handle(EventEnvelope event) throws Exception;
    }

    private static final Logger LOG = Logger.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration REST = Duration.ofMillis(500);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private final String topic;
    private final Map<String, Object> settings;
    private final @Nullable String group;
    private final ObjectMapper json;
    private final Handler handler;
    private final Thread thread;
    private final long since = System.currentTimeMillis() - OVERLAP.toMillis();
    private final Map<TopicPartition, Long> backlog = new HashMap<>();
    private volatile @Nullable Consumer<String, String> current;
    private volatile boolean running = true;
    private volatile boolean caughtUp;
    private volatile boolean failing;

    /// @param group consumer group whose members share the work and which starts at the beginning; `null` to
    ///              see all events from about now on, whoever else reads
    public TopicFollower(
            String topic, String bootstrapServers, @Nullable String group, ObjectMapper json, Handler handler) {
        this.topic = topic;
        this.group = group;
        this.json = json;
        this.handler = handler;
        this.settings = settings(bootstrapServers, group);
        this.thread = new Thread(this::run, "follow-" + topic);
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /// Whether everything that was there at the start has been handled.
    public boolean isCaughtUp() {
        return caughtUp;
    }

    @Override
    public void close() {
        running = false;
        Consumer<String, String> waiting = current;
        if (waiting != null) {
            waiting.wakeup();
        }
        try {
            thread.join(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Object> settings(String bootstrapServers, @Nullable String group) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5000);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5000);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4000);
        if (group != null) {
            settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
            // A killed member keeps its partitions for so long; the one that takes its place waits meanwhile.
            settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000);
            settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1500);
        }
        return settings;
    }

    private void run() {
        while (running) {
            try (Consumer<String, String> consumer =
                    new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
                current = consumer;
                follow(consumer);
            } catch (InterruptException | WakeupException e) {
                running = false;
            } catch (RuntimeException e) {
                complain(e);
                LockSupport.parkNanos(REST.toNanos());
            }
        }
    }

    private void follow(Consumer<String, String> consumer) {
        backlog.clear();
        if (group == null) {
            assignAll(consumer);
        } else {
            consumer.subscribe(List.of(topic), new Assignment(consumer));
        }
        while (running) {
            ConsumerRecords<String, String> records = consumer.poll(POLL);
            records.forEach(this::handle);
            if (group != null && !records.isEmpty()) {
                consumer.commitSync();
            }
            observe(consumer);
            failing = false;
        }
    }

    private void assignAll(Consumer<String, String> consumer) {
        Map<TopicPartition, Long> times = new HashMap<>();
        consumer.partitionsFor(topic).forEach(p -> times.put(new TopicPartition(topic, p.partition()), since));
        consumer.assign(times.keySet());
        Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> ends = consumer.endOffsets(times.keySet());
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp start = starts.get(partition);
            consumer.seek(partition, start == null ? end : start.offset());
        });
        backlog.putAll(ends);
    }

    private void handle(ConsumerRecord<String, String> record) {
        EventEnvelope event = read(record);
        while (event != null && running) {
            try {
                handler.handle(event);
                return;
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            } catch (Exception e) {
                complain(e);
                LockSupport.parkNanos(REST.toNanos());
            }
        }
    }

    private @Nullable EventEnvelope read(ConsumerRecord<String, String> record) {
        if (record.value() == null || OutboxRelay.HEARTBEAT_KEY.equals(record.key())) {
            return null;
        }
        try {
            return json.readValue(record.value(), EventEnvelope.class);
        } catch (JsonProcessingException e) {
            LOG.errorf("event skipped: topic=%s offset=%d reason=unreadable", topic, record.offset());
            return null;
        }
    }

    private void observe(Consumer<String, String> consumer) {
        if (!caughtUp && !consumer.assignment().isEmpty()) {
            caughtUp = backlog.entrySet().stream()
                    .filter(end -> consumer.assignment().contains(end.getKey()))
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }
    }

    private void complain(Exception e) {
        if (!failing) {
            LOG.warnf("events wait: topic=%s reason=%s", topic, e.toString());
        }
        failing = true;
    }

    /// Notes how far the backlog reaches; a member of a group that got no partition has none.
    private final class Assignment implements ConsumerRebalanceListener {

        private final Consumer<String, String> consumer;

        Assignment(Consumer<String, String> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.endOffsets(partitions).forEach(backlog::putIfAbsent);
            if (partitions.isEmpty()) {
                caughtUp = true;
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            backlog.keySet().removeAll(partitions);
        }
    }
}
