package io.menso.local.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Starts, remembers and stops background processes. They lead a session of their own, so that neither Ctrl-C
/// nor the launcher's end reaches them, and none is ever signalled unless it is the very one that was started
/// here.
final class Processes {

    private static final long LOG_LIMIT = 10L << 20;
    private static final int OLD_LOGS = 2;
    private static final int POLL_MILLIS = 100;

    private final Home home;

    Processes(Home home) {
        this.home = home;
    }

    /// The running process of a component.
    Optional<ProcessRecord> find(String component) {
        Path file = file(component);
        return Files.exists(file)
                ? Optional.of(Json.read(file, ProcessRecord.class)).filter(ProcessRecord::isAlive)
                : Optional.empty();
    }

    /// Whether a component was started and not stopped since. It may have ended by itself.
    boolean isWanted(String component) {
        return Files.exists(file(component));
    }

    /// Starts a component.
    ///
    /// @param options  JVM options beyond its own
    /// @param settings digest to remember
    ProcessRecord start(Component component, List<String> options, String settings) {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(component.program());
        command.addAll(options);
        command.addAll(component.arguments());
        Path log = home.log(component.name());
        try {
            rotate(log);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(home.home().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(component.environment());
            ProcessRecord process = ProcessRecord.of(builder.start().pid(), settings);
            Json.save(file(component.name()), process);
            return process;
        } catch (IOException e) {
            throw new LauncherException(component.name() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /// Ends a component in order, or by force when it does not within the time.
    ///
    /// @return whether there was anything to stop
    boolean stop(String component, String signal, Duration patience) {
        Optional<ProcessRecord> process = find(component);
        process.ifPresent(running -> {
            signal(running, signal);
            if (!awaitEnd(running, patience)) {
                signal(running, "KILL");
                awaitEnd(running, Duration.ofSeconds(10));
            }
        });
        try {
            Files.deleteIfExists(file(component));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return process.isPresent();
    }

    /// The end of a component's log.
    Stream<String> lastLines(String component, int count) {
        Path log = home.log(component);
        if (!Files.exists(log)) {
            return Stream.empty();
        }
        try {
            List<String> lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
            return lines.subList(Math.max(0, lines.size() - count), lines.size()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String component) {
        return home.run().resolve(component + ".json");
    }

    private static void signal(ProcessRecord process, String signal) {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("bash", "-c", "kill -" + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static boolean awaitEnd(ProcessRecord process, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            pause();
        }
        return !process.isAlive();
    }

    static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static LauncherException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new LauncherException("interrupted", e);
    }

    private static void rotate(Path log) throws IOException {
        if (!Files.exists(log) || Files.size(log) < LOG_LIMIT) {
            return;
        }
        for (int old = OLD_LOGS; old > 0; old--) {
            Path from = old == 1 ? log : Path.of(log + "." + (old - 1));
            if (Files.exists(from)) {
                Files.move(from, Path.of(log + "." + old), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
