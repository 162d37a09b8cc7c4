package io.menso.matching.index.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.local.KafkaNode;
import io.menso.local.Ports;
import io.menso.matching.Vectors;
import io.menso.matching.face.TemplateTopic;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Hit;
import io.menso.matching.index.Space;
import io.menso.matching.index.VectorIndex;
import io.menso.matching.index.local.LocalIndex;
import io.menso.testing.PinotCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/// A real Pinot of two servers, fed by a real Kafka, and the local index with the same templates beside it.
final class PinotBed implements AutoCloseable {

    private static final int ROWS_OF_SEGMENT = 40_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path directory;
    private final KafkaNode kafka;
    private final PinotCluster pinot;
    private final TemplateTopic topic;
    private final VectorIndex local = LocalIndex.create();
    private final Map<Space, List<Entry>> entries = new HashMap<>();

    private PinotBed(Path directory) throws Exception {
        this.directory = directory;
        this.kafka = KafkaNode.start(directory, Ports.free(), Ports.free());
        this.pinot = PinotCluster.start(kafka.bootstrapServers(), 2, ROWS_OF_SEGMENT);
        this.topic = new TemplateTopic(kafka.bootstrapServers(), settings().seals());
    }

    static PinotBed start() throws Exception {
        return new PinotBed(Files.createTempDirectory("menso-pinot-bed"));
    }

    PinotCluster pinot() {
        return pinot;
    }

    TemplateTopic topic() {
        return topic;
    }

    VectorIndex local() {
        return local;
    }

    List<Entry> entries(Space space) {
        return entries.getOrDefault(space, List.of());
    }

    PinotSettings settings() {
        return new PinotSettings(pinot.broker(), pinot.keyFile());
    }

    /// @param name behind `menso.matching.pinot.`
    PinotSettings settings(String name, String value) {
        return settings().set("menso.matching.pinot." + name, value);
    }

    PinotIndex index() {
        return index(settings());
    }

    PinotIndex index(PinotSettings settings) {
        return new PinotIndex(
                new PinotBroker(settings.pinot(), new ObjectMapper()),
                settings.pinot(),
                settings.seals(),
                LocalIndex.create());
    }

    /// Sends templates and puts them into the local index, without waiting for Pinot.
    void add(Space space, List<Entry> all) {
        all.parallelStream().forEach(entry -> topic.changed(space, entry));
        topic.flush();
        local.put(space, all);
        entries.put(space, all);
    }

    /// Sends templates and waits until Pinot shows them.
    void publish(Space space, List<Entry> all) {
        all.forEach(entry -> topic.changed(space, entry));
        topic.flush();
        PinotIndex waiting = index(settings("linger", "0s"));
        waiting.put(space, all);
        await().atMost(PATIENCE).until(() -> {
            waiting.settle();
            return waiting.recentWrites() == 0;
        });
    }

    /// Half of them near somebody, half near nobody.
    List<float[]> queries(Space space, int pairs, Random random) {
        List<float[]> queries = new ArrayList<>();
        List<Entry> all = entries(space);
        for (int i = 0; i < pairs; i++) {
            float[] known = all.get(random.nextInt(all.size())).vector();
            float[] noise = Vectors.random(random, all.getFirst().vector().length);
            double[] near = new double[all.getFirst().vector().length];
            for (int n = 0; n < all.getFirst().vector().length; n++) {
                near[n] = known[n] + 0.8 * noise[n];
            }
            queries.add(Vectors.unit(near));
            queries.add(noise);
        }
        return queries;
    }

    /// The same users and versions in the same order, cosines to 1e-6.
    static void assertSame(List<Hit> found, List<Hit> expected) {
        assertThat(found)
                .extracting(Hit::user, Hit::version)
                .containsExactlyElementsOf(expected.stream()
                        .map(hit -> tuple(hit.user(), hit.version()))
                        .toList());
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).cosine()).isCloseTo(expected.get(i).cosine(), within(1e-6));
        }
    }

    @Override
    public void close() {
        topic.close();
        pinot.close();
        kafka.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new IllegalStateException("not deleted: " + directory, e);
        }
    }
}
