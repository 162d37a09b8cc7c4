package io.menso.local.stack;

import io.menso.local.KafkaMain;
import io.menso.local.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every process of an instance with its whole configuration. The same home and ports give the same blueprint.
final class Blueprint {

    static final String POSTGRES = "postgres";
    static final String KAFKA = "kafka";
    static final String GATEWAY = "gateway";
    private static final String CONTROLLER = "kafka-controller";
    private static final String LOOPBACK = "127.0.0.1";

    private final Home home;
    private final PortPlan ports;
    private final Secrets secrets;
    private final Optional<LocalPinot> pinot;

    /// @param withPinot whether Pinot is a part of it
    Blueprint(Home home, PortPlan ports, Secrets secrets, boolean withPinot) {
        this.home = home;
        this.ports = ports;
        this.secrets = secrets;
        this.pinot = withPinot ? Optional.of(new LocalPinot(home, ports, secrets)) : Optional.empty();
        ports.set(GATEWAY, home.port());
    }

    /// Names of all processes, as `status` lists them.
    static List<String> names(boolean withPinot) {
        List<String> names =
                new ArrayList<>(List.of(GATEWAY, "identity-service", "device-service", "inference-service"));
        names.addAll(List.of("pipeline-service", "matching-service", POSTGRES, KAFKA));
        if (withPinot) {
            names.add(LocalPinot.NAME);
        }
        return List.copyOf(names);
    }

    /// Ports that a process listens at.
    static List<String> portsOf(String component) {
        return switch (component) {
            case POSTGRES -> List.of(POSTGRES);
            case KAFKA -> List.of(KAFKA, CONTROLLER);
            case LocalPinot.NAME -> LocalPinot.portUses();
            default -> List.of(component, component + "-management");
        };
    }

    int port(String component) {
        return ports.of(component);
    }

    PostgresServer database() {
        return new PostgresServer(
                home.home().resolve("postgres"),
                ports.of(POSTGRES),
                secrets.databasePassword(PostgresServer.SUPERUSER),
                true);
    }

    Component postgres(PostgresServer server) {
        return new Component(
                POSTGRES,
                server.port(),
                server.command(),
                List.of(),
                Map.of(),
                Optional.empty(),
                "INT",
                server::isReady);
    }

    Optional<LocalPinot> pinot() {
        return pinot;
    }

    Component kafka() {
        int port = ports.of(KAFKA);
        Path ready = home.ready(KAFKA);
        Path build = home.root().resolve("deploy/local/target");
        List<String> program = List.of(java(), "-XX:+UseSerialGC", "-Xmx192m", "-XX:TieredStopAtLevel=1");
        List<String> arguments = List.of(
                "-cp",
                classPath(build),
                KafkaMain.class.getName(),
                home.home().resolve("kafka").toString(),
                Integer.toString(port),
                Integer.toString(ports.of(CONTROLLER)),
                ready.toString());
        return new Component(
                KAFKA,
                port,
                program,
                arguments,
                Map.of(),
                Optional.of(build),
                "TERM",
                () -> Files.exists(ready) && Probes.listens(port));
    }

    Component service(ServiceSpec spec) {
        Path build = home.root().resolve(spec.name()).resolve("target/quarkus-app");
        List<String> program = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC", "-Xmx" + spec.heap(), "-Xss1m"));
        program.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        program.addAll(spec.options());
        int management = ports.of(spec.managementPort());
        return new Component(
                spec.name(),
                ports.of(spec.httpPort()),
                program,
                List.of("-jar", build.resolve("quarkus-run.jar").toString()),
                environment(spec),
                Optional.of(build),
                "TERM",
                () -> Probes.ready(management));
    }

    private Map<String, String> environment(ServiceSpec spec) {
        Map<String, String> environment = new HashMap<>();
        // Native decoders and networks allocate on many threads; one arena for each would cost hundreds of megabytes.
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put("QUARKUS_HTTP_HOST", spec.name().equals(GATEWAY) ? "0.0.0.0" : LOOPBACK);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.of(spec.httpPort())));
        environment.put("QUARKUS_MANAGEMENT_HOST", LOOPBACK);
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(ports.of(spec.managementPort())));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", LOOPBACK + ":" + ports.of(KAFKA));
        environment.put(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", secrets.publicKeys().toUri().toString());
        for (ServiceSpec other : ServiceSpec.ALL) {
            if (!other.name().equals(GATEWAY)) {
                environment.put("MENSO_" + upper(other) + "_URL", "http://" + LOOPBACK + ":" + ports.of(other.name()));
            }
        }
        if (spec.database()) {
            environment.putAll(databaseSettings(spec.shortName()));
        }
        environment.putAll(ownSettings(spec));
        pinot.ifPresent(used -> environment.putAll(used.settings(spec.shortName())));
        return environment;
    }

    private Map<String, String> databaseSettings(String name) {
        String address = "//" + LOOPBACK + ":" + ports.of(POSTGRES) + "/" + name;
        return Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                "postgresql:" + address,
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql:" + address,
                "QUARKUS_DATASOURCE_USERNAME",
                name,
                "QUARKUS_DATASOURCE_PASSWORD",
                secrets.databasePassword(name));
    }

    private Map<String, String> ownSettings(ServiceSpec spec) {
        return switch (spec.shortName()) {
            case "device" -> masterKey(spec);
            case "matching" -> matchingSettings(spec);
            case "inference" -> inferenceSettings(home);
            case GATEWAY ->
                Map.of("MENSO_GATEWAY_SIGNING_KEY_FILE", secrets.signingKey().toString());
            default -> Map.of();
        };
    }

    private Map<String, String> masterKey(ServiceSpec spec) {
        return Map.of(
                "MENSO_" + upper(spec) + "_MASTER_KEY_FILE",
                secrets.masterKey(spec.shortName()).toString());
    }

    /// Where rows of the index outlive the process, too.
    private Map<String, String> matchingSettings(ServiceSpec spec) {
        Map<String, String> settings = new HashMap<>(masterKey(spec));
        settings.put(
                "MENSO_MATCHING_INDEX_DIRECTORY", home.home().resolve("index").toString());
        return settings;
    }

    /// Where the inference service finds models and unpacks native libraries.
    static Map<String, String> inferenceSettings(Home home) {
        return Map.of(
                "MENSO_INFERENCE_MODELS_DIR", home.models().toString(),
                "MENSO_INFERENCE_MODELS_CACHE_DIR",
                        home.home().resolve("built-in").toString(),
                "DJL_CACHE_DIR", home.home().resolve("djl").toString(),
                "ENGINE_CACHE_DIR", home.home().resolve("djl").toString());
    }

    private static String upper(ServiceSpec spec) {
        return spec.shortName().toUpperCase(java.util.Locale.ROOT);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath(Path build) {
        try (Stream<Path> libraries = Files.list(build.resolve("lib"))) {
            return Stream.concat(Stream.of(build.resolve("menso-local.jar")), libraries.sorted())
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
