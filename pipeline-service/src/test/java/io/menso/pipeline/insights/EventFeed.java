package io.menso.pipeline.insights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.commons.web.EventEnvelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/// Sends recognition events as the outbox would, with times and figures that a test chooses.
final class EventFeed implements AutoCloseable {

    private final ObjectMapper json;
    private final KafkaProducer<String, String> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    EventFeed(String kafka, ObjectMapper json) {
        this.json = json;
        this.producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", kafka), new StringSerializer(), new StringSerializer());
    }

    /// Sends an identification that found somebody in 10 ms, except for what `change` says.
    ///
    /// @param millis Unix time in milliseconds
    void send(String customer, long millis, Consumer<ObjectNode> change) {
        ObjectNode data = json.createObjectNode()
                .put("pipeline", "identify")
                .put("kind", "identification")
                .put("outcome", "MATCH")
                .put("images", 1)
                .put("millis", 10)
                .put("revision", "1234567")
                .put("analysis", "aaaaaaa");
        change.accept(data);
        EventEnvelope event =
                new EventEnvelope(UUID.randomUUID(), "recognition", millis, customer, "production", 1, data);
        sent.add(producer.send(new ProducerRecord<>(
                "recognition.event.v1",
                customer + "/production/" + event.id(),
                json.valueToTree(event).toString())));
    }

    /// Waits until all have arrived.
    @Override
    public void close() {
        producer.close();
        assertThat(sent).allMatch(event -> event.state() == Future.State.SUCCESS);
    }
}
