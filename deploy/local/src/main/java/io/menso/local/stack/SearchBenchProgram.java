package io.menso.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The benchmark of search as a program that does one thing and ends. It needs no other process and no settings.
public final class SearchBenchProgram {

    /// It plans, and starts the processes that measure.
    private static final String HEAP = "256m";

    private static final String MAIN = "io.menso.bench.SearchBench";

    private final Path build;

    public SearchBenchProgram(Home home) {
        this.build = home.root().resolve("deploy/bench/target");
    }

    /// Runs it in the foreground: it reads and writes what the launcher would.
    ///
    /// @return its exit status
    public int run(List<String> arguments) {
        Path jar = build.resolve("search-bench.jar");
        if (!Files.isRegularFile(jar)) {
            throw new LauncherException(
                    "the benchmark is not built: there is no " + jar + "; it is built when no suite runs");
        }
        try {
            return new ProcessBuilder(command(jar, arguments))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new LauncherException("the benchmark cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LauncherException("interrupted", e);
        }
    }

    private List<String> command(Path jar, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Blueprint.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-Xmx" + HEAP, "-cp", classPath(jar), MAIN));
        command.addAll(arguments);
        return command;
    }

    private String classPath(Path jar) throws IOException {
        try (Stream<Path> libraries = Files.list(build.resolve("lib"))) {
            return Stream.concat(Stream.of(jar), libraries.sorted())
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
        }
    }
}
