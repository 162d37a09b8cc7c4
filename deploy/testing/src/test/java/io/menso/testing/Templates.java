package io.menso.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.pinot.PinotKey;
import io.menso.pinot.TemplateId;
import io.menso.pinot.TemplateSeal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/// Writes templates to Kafka as matching-service does.
final class Templates implements AutoCloseable {

    static final String REVISION = "abc1234";
    private static final String TOPIC = "matching.template.v1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TemplateSeal seal;
    private final List<Future<?>> sent = new ArrayList<>();
    private final KafkaProducer<String, String> producer;

    Templates(String kafka, PinotKey key) {
        seal = new TemplateSeal(key);
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka), new StringSerializer(), new StringSerializer());
    }

    /// A random vector of length 1.
    static float[] vector(long seed, int dimension) {
        Random random = new Random(seed);
        double[] numbers = random.doubles(dimension, -1, 1).toArray();
        double squares = 0;
        for (double number : numbers) {
            squares += number * number;
        }
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (numbers[i] / Math.sqrt(squares));
        }
        return vector;
    }

    void change(String customer, String user, long version, float[] vector) {
        TemplateId id = new TemplateId(customer + "/production", user, REVISION, version);
        ObjectNode data = JSON.createObjectNode()
                .put("user", user)
                .put("revision", REVISION)
                .put("dimension", vector.length)
                .put("sealed", Base64.getEncoder().encodeToString(seal.seal(id, vector)));
        send(customer, user, version, "template.changed", data);
    }

    void delete(String customer, String user, long version) {
        send(
                customer,
                user,
                version,
                "template.deleted",
                JSON.createObjectNode().put("user", user).put("revision", REVISION));
    }

    /// Waits until Kafka has everything.
    void flush() throws ExecutionException, InterruptedException {
        for (Future<?> one : sent) {
            one.get();
        }
        sent.clear();
    }

    String query(String customer, float[] vector) {
        return Base64.getEncoder().encodeToString(seal.sealQuery(customer + "/production", vector));
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(String customer, String user, long version, String type, ObjectNode data) {
        ObjectNode event = JSON.createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("type", type)
                .put("time", 1_763_800_000_000L + version)
                .put("customer", customer)
                .put("environment", "production")
                .put("version", version);
        event.set("data", data);
        String key = customer + "/production/" + user + "/" + REVISION;
        sent.add(producer.send(new ProducerRecord<>(TOPIC, key, event.toString())));
    }
}
