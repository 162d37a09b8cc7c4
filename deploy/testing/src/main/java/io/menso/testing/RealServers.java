package io.menso.testing;

import io.menso.local.KafkaNode;
import io.menso.local.Ports;
import io.menso.local.PostgresServer;
import io.menso.local.Topics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// A real PostgreSQL and a real Kafka broker for a Quarkus test, and the key that checks [InternalTokens].
///
/// With Docker they run in containers, otherwise embedded; the configuration they return is the same. The system
/// property `menso.test.servers` (`containers` or `embedded`) forces one, so that a CI with Docker cannot skip the
/// containers silently. Add `@QuarkusTestResource(RealServers.class)` or `@WithTestResource(RealServers.class)`.
public class RealServers implements QuarkusTestResourceLifecycleManager {

    private @Nullable AutoCloseable postgres;
    private @Nullable AutoCloseable kafka;
    private @Nullable Path directory;

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("menso-test");
            Map<String, String> settings = new HashMap<>(containers() ? startContainers() : startEmbedded(directory));
            settings.put("quarkus.http.test-port", "0");
            settings.put("quarkus.management.test-port", "0");
            settings.put(
                    "mp.jwt.verify.publickey.location",
                    InternalTokens.writePublicKeys(directory).toUri().toString());
            return settings;
        } catch (Exception e) {
            stop();
            throw new IllegalStateException("test servers do not start", e);
        }
    }

    @Override
    public void stop() {
        close(kafka);
        close(postgres);
        if (directory != null) {
            delete(directory);
        }
    }

    private static boolean containers() {
        return switch (System.getProperty("menso.test.servers", "")) {
            case "containers" -> true;
            case "embedded" -> false;
            default -> DockerClientFactory.instance().isDockerAvailable();
        };
    }

    private Map<String, String> startEmbedded(Path directory) throws Exception {
        PostgresServer server = PostgresServer.startForTests(directory);
        postgres = server;
        KafkaNode node = KafkaNode.start(directory.resolve("kafka"), Ports.free(), Ports.free());
        kafka = node;
        return settings(
                "127.0.0.1:" + server.port() + "/postgres",
                PostgresServer.SUPERUSER,
                PostgresServer.TEST_PASSWORD,
                node.bootstrapServers());
    }

    private Map<String, String> startContainers() throws InterruptedException {
        PostgreSQLContainer server = new PostgreSQLContainer("postgres:18");
        server.start();
        postgres = server;
        KafkaContainer broker = new KafkaContainer("apache/kafka:4.1.1");
        broker.start();
        kafka = broker;
        Topics.create(broker.getBootstrapServers());
        String address = server.getHost() + ":" + server.getMappedPort(5432) + "/" + server.getDatabaseName();
        return settings(address, server.getUsername(), server.getPassword(), broker.getBootstrapServers());
    }

    private static Map<String, String> settings(String database, String user, String password, String kafka) {
        return Map.of(
                "quarkus.datasource.reactive.url", "postgresql://" + database,
                "quarkus.datasource.jdbc.url", "jdbc:postgresql://" + database,
                "quarkus.datasource.username", user,
                "quarkus.datasource.password", password,
                "kafka.bootstrap.servers", kafka);
    }

    private static void close(@Nullable AutoCloseable server) {
        if (server != null) {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException("a test server does not stop", e);
            }
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
}
