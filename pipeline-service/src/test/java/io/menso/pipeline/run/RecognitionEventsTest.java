package io.menso.pipeline.run;

import static io.menso.pipeline.Api.customer;
import static org.assertj.core.api.Assertions.assertThat;

import io.menso.commons.web.Tenant;
import io.menso.pipeline.PipelineServers;
import io.menso.pipeline.calls.Origin;
import io.menso.pipeline.sandbox.Budget;
import io.menso.pipeline.sandbox.SandboxConfig;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PipelineServers.class)
class RecognitionEventsTest {

    @Inject
    RecognitionEvents events;

    @Inject
    SandboxConfig limits;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    @DisplayName("A burst of a thousand events is sent whole, within seconds")
    void keepsUp() {
        String customer = customer();
        Origin origin =
                new Origin(Tenant.of(customer, "staging"), "", Optional.empty(), Optional.empty(), Optional.empty());
        long start = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            events.record(new Run(origin, List.of(), new Budget(limits)), "identify", Recognition.OK, 5);
        }

        Set<String> keys = new HashSet<>();
        TopicPartition partition = new TopicPartition(RecognitionEvents.TOPIC, 0);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Awaitility.await().atMost(Duration.ofSeconds(20)).pollInSameThread().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(event -> {
                    if (event.key().startsWith(customer + "/staging/")) {
                        keys.add(event.key());
                    }
                });
                return keys.size() == 1000;
            });
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
    }
}
