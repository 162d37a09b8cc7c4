package io.menso.local.stack;

import io.menso.local.pinot.PinotProgram;
import io.menso.local.pinot.PinotTables;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pinot as one process of the suite, with all its roles, and what the services must know of it.
final class LocalPinot {

    static final String NAME = "pinot";
    private static final String CONTROLLER = "pinot-controller";
    private static final String ZOOKEEPER = "pinot-zookeeper";
    private static final String SERVER = "pinot-server";
    private static final String SERVER_ADMIN = "pinot-server-admin";
    private static final String LOOPBACK = "127.0.0.1:";
    /// Rows of a segment. The heap holds some hundred bytes for each of them until the segment is full.
    private static final int SEGMENT_ROWS = 100_000;

    private final Home home;
    private final PortPlan ports;
    private final Path key;

    LocalPinot(Home home, PortPlan ports, Secrets secrets) {
        this.home = home;
        this.ports = ports;
        this.key = secrets.pinotKey();
    }

    /// Uses of ports, the one that answers queries first.
    static List<String> portUses() {
        return List.of(NAME, CONTROLLER, ZOOKEEPER, SERVER, SERVER_ADMIN);
    }

    Component component() {
        PinotProgram program = new PinotProgram(home.root());
        if (!program.isBuilt()) {
            throw new LauncherException("Pinot is not built; start it with up --pinot");
        }
        Path ready = home.ready(NAME);
        Map<String, Integer> uses = Map.of(
                "broker", ports.of(NAME),
                "controller", ports.of(CONTROLLER),
                "zookeeper", ports.of(ZOOKEEPER),
                "server", ports.of(SERVER),
                "server-admin", ports.of(SERVER_ADMIN));
        return new Component(
                NAME,
                ports.of(NAME),
                PinotProgram.jvm("320m", key),
                program.arguments("local", PinotProgram.ALL_ROLES, home.home().resolve(NAME), ready, uses),
                Map.of("MALLOC_ARENA_MAX", "2"),
                Optional.empty(),
                "TERM",
                () -> Files.exists(ready) && Probes.listens(ports.of(NAME)));
    }

    /// Settings of a service that uses Pinot; empty for others.
    Map<String, String> settings(String service) {
        String broker = LOOPBACK + ports.of(NAME);
        return switch (service) {
            case "matching" ->
                Map.of(
                        "MENSO_MATCHING_INDEX",
                        "pinot",
                        "MENSO_MATCHING_PINOT_BROKERS",
                        "http://" + broker,
                        "MENSO_MATCHING_PINOT_KEY_FILE",
                        key.toString());
            case "pipeline" -> Map.of("MENSO_PIPELINE_PINOT_BROKER", broker);
            default -> Map.of();
        };
    }

    /// Days for which recognitions are kept.
    ///
    /// @param setting what the operator wants, if anything
    static int retention(Optional<String> setting) {
        String days = setting.orElse(Integer.toString(PinotTables.DEFAULT_RETENTION));
        if (!days.matches("[1-9][0-9]{0,3}")) {
            throw new LauncherException("MENSO_INSIGHTS_DAYS must be a number of days from 1 to 9999, not " + days);
        }
        return Integer.parseInt(days);
    }

    /// Makes the tables that are missing.
    ///
    /// @param kafkaPort where the broker listens whose topics the tables read
    void ensureTables(int kafkaPort) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI controller = URI.create("http://" + LOOPBACK + ports.of(CONTROLLER));
            new PinotTables(controller, http)
                    .ensure(new PinotTables.Options(
                            LOOPBACK + kafkaPort,
                            1,
                            SEGMENT_ROWS,
                            retention(Optional.ofNullable(System.getenv("MENSO_INSIGHTS_DAYS")))));
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new LauncherException("Pinot's tables cannot be made: " + e.getMessage(), e);
        }
    }
}
