package io.menso.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// Where things lie.
///
/// @param root the checkout
/// @param home data of this instance: `MENSO_HOME`, by default `.menso` in the checkout
/// @param port port of the API: `MENSO_PORT`, by default 8080
public record Home(Path root, Path home, int port) {

    private static final int DEFAULT_PORT = 8080;

    /// From the environment, and the system property `menso.root` that the script sets.
    public static Home fromEnvironment() {
        return of(Path.of(System.getProperty("menso.root", "")).toAbsolutePath(), System.getenv());
    }

    static Home of(Path root, Map<String, String> environment) {
        Path home = Path.of(
                environment.getOrDefault("MENSO_HOME", root.resolve(".menso").toString()));
        String port = environment.getOrDefault("MENSO_PORT", Integer.toString(DEFAULT_PORT));
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
            throw new LauncherException("MENSO_PORT must be a number from 1 to 65535, not " + port);
        }
        return new Home(root.normalize(), home.toAbsolutePath().normalize(), Integer.parseInt(port));
    }

    /// Address of the API as clients on this machine use it.
    public String url() {
        return "http://localhost:" + port;
    }

    public Path credentials() {
        return home.resolve("credentials.json");
    }

    public Path models() {
        return home.resolve("models");
    }

    public Path log(String component) {
        return home.resolve("logs").resolve(component + ".log");
    }

    /// File that a process writes once it serves.
    Path ready(String component) {
        return run().resolve(component + ".ready");
    }

    Path secrets() {
        return home.resolve("secrets");
    }

    Path run() {
        return home.resolve("run");
    }

    Path ports() {
        return home.resolve("ports.json");
    }

    /// Start-up caches belong to the built jars, not to the data: two instances of a checkout share them.
    Path aotCaches() {
        return root.resolve("deploy/local/target/aot");
    }

    /// Makes the folders, which only their owner may enter. A home that was there before keeps its permissions:
    /// it may be somebody's shared folder.
    public void create() {
        try {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            if (!Files.exists(home)) {
                Files.createDirectories(home, owner);
            }
            for (String folder :
                    new String[] {"secrets", "run", "logs", "models", "kafka", "postgres", "djl", "built-in", "pinot"
                    }) {
                Files.createDirectories(home.resolve(folder), owner);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
