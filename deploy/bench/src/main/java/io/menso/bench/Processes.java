package io.menso.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Starts what measures, each in a process of its own, on some of the cores.
final class Processes {

    private static final String INCUBATOR_NOTE = "WARNING: Using incubator modules";
    private static final boolean CAN_PIN =
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).anyMatch(Processes::hasTaskset);

    private Processes() {}

    /// Whether a process can be kept to some cores here.
    static boolean canPin() {
        return CAN_PIN;
    }

    /// A JVM that runs [Worker], with a heap of fixed size that is touched beforehand, so that all other memory can
    /// be told from it.
    ///
    /// @param heap megabytes
    static int worker(int cores, long heap, List<String> arguments, Consumer<String> lines) {
        List<String> command = new ArrayList<>(pin(cores));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-XX:+UseParallelGC", "-Xms" + heap + "m", "-Xmx" + heap + "m"));
        command.addAll(List.of("-XX:+AlwaysPreTouch", "-cp", System.getProperty("java.class.path")));
        command.add(Worker.class.getName());
        command.addAll(arguments);
        return run(command, lines);
    }

    /// Runs a command to its end; lines that it prints go to `lines`, its complaints to standard error.
    ///
    /// @return its exit status
    static int run(List<String> command, Consumer<String> lines) {
        try {
            Process process = new ProcessBuilder(command).start();
            Thread stop = new Thread(process::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(stop);
            Thread complaints = Thread.ofPlatform().daemon().start(() -> forward(process.errorReader()));
            try (BufferedReader output = process.inputReader()) {
                output.lines().forEach(lines);
            }
            complaints.join();
            int status = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(stop);
            return status;
        } catch (IOException e) {
            throw new BenchException("cannot be started: " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    private static void forward(BufferedReader errors) {
        errors.lines().filter(line -> !line.startsWith(INCUBATOR_NOTE)).forEach(System.err::println);
    }

    private static List<String> pin(int cores) {
        return CAN_PIN && cores < Runtime.getRuntime().availableProcessors()
                ? List.of("taskset", "-c", "0-" + (cores - 1))
                : List.of();
    }

    private static boolean hasTaskset(String folder) {
        return Files.isExecutable(Path.of(folder, "taskset"));
    }
}
