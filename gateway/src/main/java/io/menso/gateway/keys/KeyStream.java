package io.menso.gateway.keys;

import io.menso.gateway.GatewayConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Follows `device.key.v1` from its end on a thread of its own, in every replica (no consumer group), and tells the
/// [KeyCache] what changed and that nothing is missing.
@Singleton
public class KeyStream {

    static final String TOPIC = "device.key.v1";

    private static final Logger LOG = Logger.getLogger(KeyStream.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration RECOUNT = Duration.ofSeconds(30);
    private static final long REST_MILLIS = 500;

    private final KeyCache cache;
    private final Clock clock;
    private final Duration maxSilence;
    private final String bootstrapServers;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "key-stream");

    @Inject
    public KeyStream(
            KeyCache cache,
            Clock clock,
            GatewayConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.cache = cache;
        this.clock = clock;
        this.maxSilence = config.keys().maxSilence();
        this.bootstrapServers = bootstrapServers;
    }

    void start(@Observes StartupEvent event) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping.countDown();
        thread.join(PATIENCE.plus(POLL).toMillis());
    }

    private void run() {
        boolean failed = false;
        while (!isStopping(0)) {
            try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings())) {
                List<TopicPartition> partitions = assign(consumer);
                LOG.infof("key stream is followed: partitions=%d", partitions.size());
                failed = false;
                follow(consumer, partitions);
            } catch (RuntimeException e) {
                if (!failed) {
                    LOG.warnf("key stream is not followed, keys are asked for each time: reason=%s", e.toString());
                }
                failed = true;
            }
            cache.lose();
            isStopping(failed ? REST_MILLIS : 0);
        }
    }

    private static List<TopicPartition> assign(Consumer<String, String> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        if (partitions.isEmpty()) {
            throw new IllegalStateException("topic does not exist: " + TOPIC);
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy; asking for the position makes it happen before the first key is remembered.
        partitions.forEach(partition -> consumer.position(partition, PATIENCE));
        return partitions;
    }

    private static List<TopicPartition> partitions(Consumer<String, String> consumer) {
        return consumer.partitionsFor(TOPIC, PATIENCE).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /// Returns when the service stops or the topic has other partitions than before.
    private void follow(Consumer<String, String> consumer, List<TopicPartition> partitions) {
        KeyStreamReader reader = new KeyStreamReader(cache, clock, maxSilence);
        long counted = System.nanoTime();
        while (!isStopping(0)) {
            reader.apply(consumer.poll(POLL), () -> isCaughtUp(consumer, partitions));
            if (System.nanoTime() - counted > RECOUNT.toNanos()) {
                counted = System.nanoTime();
                if (partitions(consumer).size() != partitions.size()) {
                    return;
                }
            }
        }
    }

    private static boolean isCaughtUp(Consumer<String, String> consumer, List<TopicPartition> partitions) {
        return partitions.stream()
                .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
    }

    private boolean isStopping(long millis) {
        try {
            return stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                // Lost offsets must end in an error and a fresh start, never in a silent jump.
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                3000,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                4000,
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                500L);
    }
}
