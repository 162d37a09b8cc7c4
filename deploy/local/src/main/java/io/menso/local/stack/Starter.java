package io.menso.local.stack;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Starts components, a few at a time, and waits until each is healthy.
final class Starter {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final int LINES_SHOWN = 25;

    private record Started(Component component, ProcessRecord process, long since) {}

    private final Home home;
    private final Processes processes;
    private final AotCaches caches;
    private final Consumer<String> progress;
    private final int atOnce = Math.max(4, Runtime.getRuntime().availableProcessors() * 2);

    Starter(Home home, Processes processes, Consumer<String> progress) {
        this.home = home;
        this.processes = processes;
        this.caches = new AotCaches(home.aotCaches(), Integer.toString(home.port()));
        this.progress = progress;
    }

    /// Whether the next start is to make a start-up cache. `MENSO_AOT=false` goes without.
    boolean needsTraining(Component component) {
        return caching() && caches.isMissing(component) && isOutdated(component);
    }

    void acceptTraining(Component component) {
        if (!caches.accept(component)) {
            progress.accept(component.name() + " has no start-up cache; it will start more slowly");
        }
    }

    /// Starts what does not run with the very settings of its component, in the order given, and waits for all.
    void startAll(List<Component> components) {
        Deque<Component> waiting = new ArrayDeque<>();
        List<Started> starting = new ArrayList<>();
        for (Component component : components) {
            if (isOutdated(component)) {
                waiting.add(component);
            } else {
                starting.add(
                        new Started(component, processes.find(component.name()).orElseThrow(), System.nanoTime()));
            }
        }
        while (!waiting.isEmpty() || !starting.isEmpty()) {
            while (!waiting.isEmpty() && starting.size() < atOnce) {
                starting.add(start(waiting.remove()));
            }
            List<Started> done = starting.stream().filter(this::isDone).collect(Collectors.toList());
            starting.removeAll(done);
            if (done.isEmpty()) {
                Processes.pause();
            }
        }
    }

    private boolean isOutdated(Component component) {
        Optional<ProcessRecord> process = processes.find(component.name());
        return process.isEmpty() || !process.get().settings().equals(Digests.ofSettings(component));
    }

    private Started start(Component component) {
        processes.stop(component.name(), component.stopSignal(), STOP_PATIENCE);
        deleteReadyFile(component.name());
        List<String> options = !caching()
                ? List.of()
                : caches.isMissing(component) && component.build().isPresent()
                        ? caches.trainOptions(component)
                        : caches.useOptions(component);
        ProcessRecord process = processes.start(component, options, Digests.ofSettings(component));
        return new Started(component, process, System.nanoTime());
    }

    private boolean isDone(Started started) {
        String name = started.component().name();
        if (started.component().healthy().getAsBoolean()) {
            report(started);
            return true;
        }
        if (!started.process().isAlive()) {
            throw failure(name, "ended by itself");
        }
        if (System.nanoTime() - started.since() > PATIENCE.toNanos()) {
            throw failure(name, "is not ready after " + PATIENCE.toSeconds() + " s");
        }
        return false;
    }

    private void report(Started started) {
        long millis = (System.nanoTime() - started.since()) / 1_000_000;
        progress.accept(String.format(
                java.util.Locale.ROOT,
                "%-18s ready at port %-6d pid %-8d %4.1f s",
                started.component().name(),
                started.component().port(),
                started.process().pid(),
                millis / 1000.0));
    }

    private LauncherException failure(String name, String what) {
        String lines = processes.lastLines(name, LINES_SHOWN).collect(Collectors.joining("\n"));
        return new LauncherException(name + " " + what + "; the end of " + home.log(name) + ":\n" + lines);
    }

    private void deleteReadyFile(String name) {
        try {
            java.nio.file.Files.deleteIfExists(home.ready(name));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean caching() {
        return !"false".equals(System.getenv("MENSO_AOT"));
    }
}
