package io.menso.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The inference service's jar as a program that does one thing and ends, with the models and the settings of a home.
/// It opens no port and needs no other process, so it runs beside the suite as well as without it.
public final class InferenceProgram {

    /// Room for the templates of some hundred thousand pictures.
    private static final String HEAP = "1g";

    private final Home home;

    public InferenceProgram(Home home) {
        this.home = home;
    }

    /// Runs it in the foreground: it reads and writes what the launcher would.
    ///
    /// @return its exit status
    public int run(List<String> arguments) {
        Path jar = jar();
        if (!Files.isRegularFile(jar)) {
            throw new LauncherException("the inference service is not built: there is no " + jar);
        }
        home.create();
        ProcessBuilder builder = new ProcessBuilder(command(arguments)).inheritIO();
        builder.environment().putAll(Blueprint.inferenceSettings(home));
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new LauncherException("the inference service cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LauncherException("interrupted", e);
        }
    }

    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Blueprint.java(), "-XX:+UseSerialGC", "-Xmx" + HEAP));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-Dai.djl.offline=true", "-jar", jar().toString()));
        command.addAll(arguments);
        return command;
    }

    private Path jar() {
        return home.root().resolve("inference-service/target/quarkus-app/quarkus-run.jar");
    }
}
