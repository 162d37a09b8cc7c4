package io.menso.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.menso.local.Ports;
import io.menso.local.api.Credentials;
import io.menso.local.stack.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The suite under test, started by the launcher itself: once, in a folder and at ports of its own, and stopped
/// when the tests' JVM ends. The system property `menso.system.home` names the home of one that runs already
/// instead.
final class RunningSuite {

    private static final Path ROOT =
            Path.of(System.getProperty("menso.root", "../..")).toAbsolutePath().normalize();
    private static final Path PHOTOS = Path.of(System.getProperty("menso.shared", "../shared"), "photos");

    private static final class Holder {
        static final RunningSuite SUITE = start();
    }

    private final Path home;
    private final int port;
    private final boolean owned;

    private RunningSuite(Path home, int port, boolean owned) {
        this.home = home;
        this.port = port;
        this.owned = owned;
    }

    static RunningSuite get() {
        return Holder.SUITE;
    }

    /// Keys of the default customer.
    Credentials credentials() {
        return Json.read(home.resolve("credentials.json"), Credentials.class);
    }

    /// A customer of its own for tests that must not meet others.
    Credentials newCustomer(String handle) {
        try {
            return Json.MAPPER.readValue(menso("customer", "create", handle).output(), Credentials.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "http://localhost:" + port;
    }

    Path home() {
        return home;
    }

    /// Whether tests may kill its processes.
    boolean owned() {
        return owned;
    }

    /// Folder of real photographs, which need not exist.
    static Path photos() {
        return PHOTOS;
    }

    /// How a process is, as `status --json` tells it.
    JsonNode state(String component) {
        try {
            for (JsonNode state :
                    Json.MAPPER.readTree(run("status", "--json").output()).path("services")) {
                if (state.path("name").asText().equals(component)) {
                    return state;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("status does not know " + component);
    }

    /// Ends a process without warning.
    void kill(String component) {
        long pid = state(component).path("pid").asLong();
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        org.awaitility.Awaitility.await()
                .until(() -> state(component).path("pid").isNull());
    }

    /// Command lines of everything that works in the home.
    List<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> worksIn(process, home))
                .map(process -> process.info().commandLine().orElse("?"))
                .toList();
    }

    private static boolean worksIn(ProcessHandle process, Path directory) {
        try {
            Path proc = Path.of("/proc", Long.toString(process.pid()));
            return Files.readSymbolicLink(proc.resolve("cwd")).startsWith(directory)
                    && !Files.readString(proc.resolve("stat")).contains(") Z");
        } catch (IOException e) {
            return false;
        }
    }

    /// What a command of the launcher left.
    record Outcome(int code, String output) {}

    /// Runs a command of the launcher that must succeed.
    Outcome menso(String... arguments) {
        Outcome outcome = run(arguments);
        if (outcome.code() != 0) {
            throw new IllegalStateException("menso " + String.join(" ", arguments) + " failed: " + outcome.output());
        }
        return outcome;
    }

    /// Runs a command of the launcher.
    Outcome run(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("bash", ROOT.resolve("menso").toString()));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("menso-out", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "MENSO_HOME", home.toString(),
                            "MENSO_PORT", Integer.toString(port),
                            "MENSO_BUILD", "never",
                            "JAVA_HOME", System.getProperty("java.home")));
            int code = builder.start().waitFor();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return new Outcome(code, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static RunningSuite start() {
        String running = System.getProperty("menso.system.home", "");
        if (!running.isEmpty()) {
            Path home = Path.of(running);
            String url = Json.read(home.resolve("credentials.json"), Credentials.class)
                    .url();
            return new RunningSuite(home, java.net.URI.create(url).getPort(), false);
        }
        try {
            RunningSuite suite = new RunningSuite(Files.createTempDirectory("menso-system"), Ports.free(), true);
            Runtime.getRuntime().addShutdownHook(new Thread(suite::stop));
            System.out.println(suite.menso("up").output());
            return suite;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void stop() {
        System.out.println(run("down").output());
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
