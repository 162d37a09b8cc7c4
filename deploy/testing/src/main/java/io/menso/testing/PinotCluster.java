package io.menso.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.local.Ports;
import io.menso.local.pinot.PinotProgram;
import io.menso.local.pinot.PinotTables;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real Pinot cluster for tests: one process with ZooKeeper, controller and broker, and one for each server, so
/// that a server can be killed and come back. The processes end with this JVM, however it ends.
///
/// The tables read Kafka's topics from the start. `target` of `deploy/pinot-node` must have been built, and the
/// system property `menso.root` name the checkout, as it does in this project's tests.
public final class PinotCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAD = "head";
    private static final int KEY_BYTES = 32;

    private final PinotProgram program = new PinotProgram(Path.of(System.getProperty("menso.root", "")));
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path directory;
    private final Path keyFile;
    private final Map<String, Integer> head = ports("zookeeper", "controller", "broker");
    private final List<Map<String, Integer>> servers = new ArrayList<>();
    private final Map<String, Process> processes = new HashMap<>();

    private PinotCluster(int servers) throws IOException {
        directory = Files.createTempDirectory("menso-pinot");
        keyFile = Files.writeString(directory.resolve("pinot.key"), newKey());
        for (int i = 0; i < servers; i++) {
            Map<String, Integer> ports = ports("server", "server-admin");
            ports.put("zookeeper", head.get("zookeeper"));
            this.servers.add(ports);
        }
    }

    /// Starts a cluster whose servers all hold every row, with Menso's tables.
    ///
    /// @param kafka   address of Kafka
    /// @param servers one or more
    /// @param rows    that a segment gathers before it is written for good; a few hundred, to test just that
    public static PinotCluster start(String kafka, int servers, int rows) throws IOException {
        return start(kafka, servers, rows, Ports.free());
    }

    /// The same with its broker where something is already configured to ask it.
    public static PinotCluster start(String kafka, int servers, int rows, int brokerPort) throws IOException {
        PinotCluster cluster = new PinotCluster(servers);
        cluster.head.put("broker", brokerPort);
        try {
            cluster.launch(HEAD, PinotProgram.HEAD_ROLES, cluster.head);
            cluster.awaitReady(HEAD);
            for (int i = 0; i < servers; i++) {
                cluster.launchServer(i);
            }
            for (int i = 0; i < servers; i++) {
                cluster.awaitReady(name(i));
            }
            new PinotTables(cluster.controller(), cluster.http).ensure(new PinotTables.Options(kafka, servers, rows));
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /// Address of the broker.
    public URI broker() {
        return address("broker");
    }

    /// Address of the controller.
    public URI controller() {
        return address("controller");
    }

    /// File with the key that the servers open templates with.
    public Path keyFile() {
        return keyFile;
    }

    /// Runs a statement.
    ///
    /// @return the broker's whole answer: `resultTable.rows`, `exceptions` and more
    public JsonNode query(String sql) {
        HttpRequest request = HttpRequest.newBuilder(broker().resolve("/query/sql"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        JSON.createObjectNode().put("sql", sql).toString()))
                .build();
        try {
            return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new IllegalStateException("Pinot's broker does not answer", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /// Ends a server at once, as a crash would.
    public void killServer(int index) {
        kill(name(index));
    }

    /// Brings a killed server back with the data it had, and waits until it serves.
    public void restartServer(int index) throws IOException {
        launchServer(index);
        awaitReady(name(index));
    }

    @Override
    public void close() {
        List.copyOf(processes.keySet()).forEach(this::kill);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new IllegalStateException("not deleted: " + directory, e);
        }
    }

    private void launchServer(int index) throws IOException {
        launch(name(index), List.of("server"), servers.get(index));
    }

    private void launch(String name, List<String> roles, Map<String, Integer> ports) throws IOException {
        if (!program.isBuilt()) {
            throw new IllegalStateException(
                    "build deploy/pinot-node first; menso.root is " + System.getProperty("menso.root", "not set"));
        }
        Files.deleteIfExists(ready(name));
        List<String> command = new ArrayList<>(PinotProgram.jvm("256m", keyFile));
        command.addAll(program.arguments(name, roles, directory.resolve(name), ready(name), ports));
        command.add("guarded=true");
        if (name.equals(HEAD)) {
            command.add("leftovers=" + directory);
        }
        // Its standard input is this JVM's end of a pipe, which closes even when this JVM is killed.
        processes.put(
                name,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(log(name).toFile()))
                        .start());
    }

    private void awaitReady(String name) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Process process = process(name);
        while (!Files.exists(ready(name))) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " does not start:\n" + Files.readString(log(name)));
            }
            pause();
        }
    }

    private void kill(String name) {
        Process process = process(name);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        processes.remove(name);
    }

    private Process process(String name) {
        @Nullable Process process = processes.get(name);
        if (process == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return process;
    }

    private URI address(String role) {
        return URI.create("http://127.0.0.1:" + head.get(role));
    }

    private Path ready(String name) {
        return directory.resolve(name + ".ready");
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private static String name(int index) {
        return "server-" + index;
    }

    private static Map<String, Integer> ports(String... names) {
        Map<String, Integer> ports = new HashMap<>();
        Stream.of(names).forEach(name -> ports.put(name, Ports.free()));
        return ports;
    }

    private static String newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }
}
