package io.menso.matching.face;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.matching.face.TemplateEvents.Keyed;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Space;
import io.menso.matching.index.pinot.PinotSeals;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/// Sends the events that the service writes for Pinot, without a database.
public final class TemplateTopic implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TemplateEvents events;
    private final KafkaProducer<String, String> producer;
    private final Queue<Future<?>> sent = new ConcurrentLinkedQueue<>();

    public TemplateTopic(String kafka, PinotSeals seals) {
        events = new TemplateEvents(seals, JSON, Clock.systemUTC());
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ProducerConfig.LINGER_MS_CONFIG,
                        "20",
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        "262144"),
                new StringSerializer(),
                new StringSerializer());
    }

    public void changed(Space space, Entry entry) {
        Embedding embedding = new Embedding(space.revision(), entry.vector());
        events.changed(space.tenant(), entry.user(), entry.version(), embedding, List.of())
                .forEach(this::send);
    }

    public void deleted(Space space, UUID user, long version) {
        events.deleted(space.tenant(), user, version, List.of(space.revision())).forEach(this::send);
    }

    /// Sends something else under the key of a user.
    public void send(String key, String event) {
        sent.add(producer.send(new ProducerRecord<>(TemplateEvents.TOPIC, key, event)));
    }

    /// Waits until Kafka has everything.
    public void flush() {
        producer.flush();
        for (Future<?> one = sent.poll(); one != null; one = sent.poll()) {
            if (one.state() != Future.State.SUCCESS) {
                throw new IllegalStateException("Kafka did not take an event");
            }
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(Keyed event) {
        try {
            send(event.key(), JSON.writeValueAsString(event.event()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
