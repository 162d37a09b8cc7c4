package io.menso.matching;

import io.menso.local.KafkaNode;
import io.menso.local.Ports;
import io.menso.testing.PinotCluster;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real Pinot for the service, and the broker that both read: a resource cannot learn the address of another's.
///
/// A test's field `Consumer<String> pinot` takes `kill` and `restart`.
public class PinotServers implements QuarkusTestResourceLifecycleManager {

    private static final int ROWS_OF_SEGMENT = 500;

    private @Nullable Path directory;
    private @Nullable KafkaNode kafka;
    private @Nullable PinotCluster pinot;

    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("menso-pinot-kafka");
            kafka = KafkaNode.start(directory, Ports.free(), Ports.free());
            pinot = PinotCluster.start(kafka.bootstrapServers(), 1, ROWS_OF_SEGMENT);
            return Map.of(
                    "kafka.bootstrap.servers",
                    kafka.bootstrapServers(),
                    "menso.matching.index",
                    "pinot",
                    "menso.matching.pinot.brokers",
                    pinot.broker().toString(),
                    "menso.matching.pinot.key-file",
                    pinot.keyFile().toString(),
                    "menso.matching.pinot.linger",
                    "1s",
                    "menso.matching.pinot.backfill-page",
                    "100");
        } catch (Exception e) {
            stop();
            throw new IllegalStateException("Pinot does not start", e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        Consumer<String> control = this::control;
        injector.injectIntoFields(control, field -> field.getName().equals("pinot"));
    }

    @Override
    public void stop() {
        if (pinot != null) {
            pinot.close();
        }
        if (kafka != null) {
            kafka.close();
        }
        if (directory != null) {
            delete(directory);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void control(String order) {
        if (pinot == null) {
            throw new IllegalStateException("Pinot does not run");
        }
        try {
            switch (order) {
                case "kill" -> pinot.killServer(0);
                case "restart" -> pinot.restartServer(0);
                default -> throw new IllegalArgumentException(order);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
