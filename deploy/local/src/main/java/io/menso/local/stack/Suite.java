package io.menso.local.stack;

import io.menso.local.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One instance of the suite on this machine: starts what is missing, stops what it started, tells how it is.
public final class Suite {

    /// State of one process.
    ///
    /// @param name    for example `gateway`
    /// @param pid     null when it does not run
    /// @param port    where it serves
    /// @param healthy whether it answers
    public record State(String name, @Nullable Long pid, int port, boolean healthy) {}

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final Duration TRAIN_PATIENCE = Duration.ofMinutes(5);

    private final Home home;
    private final Consumer<String> progress;
    private final Processes processes;

    /// @param progress receives one line for each thing that happens
    public Suite(Home home, Consumer<String> progress) {
        this.home = home;
        this.progress = progress;
        this.processes = new Processes(home);
    }

    /// Starts whatever does not run, or runs with settings or jars that have changed since, and waits until all
    /// is well.
    ///
    /// @param withPinot whether Pinot is a part of it; without, a Pinot that runs is stopped and its data stay
    /// @param training  requests for the start-up caches to learn from; made only when some are missing
    public void up(boolean withPinot, Runnable training) {
        home.create();
        try (SuiteLock ignored = SuiteLock.take(home.run().resolve("lock"), progress)) {
            Blueprint blueprint = blueprint(withPinot);
            startPostgres(blueprint);
            Starter starter = new Starter(home, processes, progress);
            List<Component> programs = programs(blueprint);
            List<Component> untrained =
                    programs.stream().filter(starter::needsTraining).toList();
            blueprint.pinot().ifPresent(pinot -> startPinot(starter, programs.getFirst(), pinot));
            starter.startAll(withPinot ? programs.subList(1, programs.size()) : programs);
            if (!withPinot) {
                stop(LocalPinot.NAME, "TERM");
            }
            if (!untrained.isEmpty()) {
                train(starter, untrained, training);
            }
        }
    }

    /// Stops everything that was started here, callers before those they call.
    ///
    /// @return how many processes were stopped
    public int down() {
        if (!java.nio.file.Files.isDirectory(home.run())) {
            return 0;
        }
        try (SuiteLock ignored = SuiteLock.take(home.run().resolve("lock"), progress)) {
            List<String> order = new ArrayList<>(List.of(Blueprint.GATEWAY));
            ServiceSpec.ALL.stream()
                    .map(ServiceSpec::name)
                    .filter(name -> !order.contains(name))
                    .forEach(order::add);
            int stopped = stop(Blueprint.GATEWAY, "TERM");
            stopped += order.parallelStream()
                    .skip(1)
                    .mapToInt(name -> stop(name, "TERM"))
                    .sum();
            stopped += stop(LocalPinot.NAME, "TERM");
            return stopped + stop(Blueprint.KAFKA, "TERM") + stop(Blueprint.POSTGRES, "INT");
        }
    }

    /// State of every process.
    public List<State> status() {
        boolean withPinot = processes.isWanted(LocalPinot.NAME);
        if (!java.nio.file.Files.exists(home.ports())) {
            return Blueprint.names(withPinot).stream()
                    .map(name -> new State(name, null, name.equals(Blueprint.GATEWAY) ? home.port() : 0, false))
                    .toList();
        }
        Blueprint blueprint = new Blueprint(home, new PortPlan(home.ports()), secrets(), withPinot);
        return Blueprint.names(withPinot).parallelStream()
                .map(name -> state(blueprint, name))
                .toList();
    }

    /// Secrets of this instance.
    public Secrets secrets() {
        return new Secrets(home.secrets());
    }

    /// Where a process of this instance serves.
    public int port(String component) {
        return new PortPlan(home.ports()).of(component);
    }

    private State state(Blueprint blueprint, String name) {
        Optional<ProcessRecord> process = processes.find(name);
        boolean healthy =
                process.isPresent() && component(blueprint, name).healthy().getAsBoolean();
        return new State(name, process.map(ProcessRecord::pid).orElse(null), blueprint.port(name), healthy);
    }

    private Component component(Blueprint blueprint, String name) {
        return switch (name) {
            case Blueprint.POSTGRES -> blueprint.postgres(blueprint.database());
            case Blueprint.KAFKA -> blueprint.kafka();
            case LocalPinot.NAME -> blueprint.pinot().orElseThrow().component();
            default ->
                ServiceSpec.ALL.stream()
                        .filter(spec -> spec.name().equals(name))
                        .map(blueprint::service)
                        .findFirst()
                        .orElseThrow();
        };
    }

    private Blueprint blueprint(boolean withPinot) {
        PortPlan ports = new PortPlan(home.ports());
        Blueprint blueprint = new Blueprint(home, ports, secrets(), withPinot);
        for (String name : Blueprint.names(withPinot)) {
            if (processes.find(name).isEmpty()) {
                Blueprint.portsOf(name).stream()
                        .filter(use -> !use.equals(Blueprint.GATEWAY))
                        .forEach(ports::renewIfTaken);
            }
        }
        ports.save();
        if (processes.find(Blueprint.GATEWAY).isEmpty() && !PortPlan.isFree(home.port())) {
            throw new LauncherException("port " + home.port() + " is taken; choose another one with MENSO_PORT");
        }
        return blueprint;
    }

    private void startPostgres(Blueprint blueprint) {
        PostgresServer server = blueprint.database();
        Component postgres = blueprint.postgres(server);
        try {
            if (processes.find(Blueprint.POSTGRES).isEmpty()) {
                server.initialise();
            }
        } catch (java.io.IOException e) {
            throw new LauncherException("PostgreSQL cannot be prepared: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LauncherException("interrupted", e);
        }
        new Starter(home, processes, progress).startAll(List.of(postgres));
        Databases.ensure(server, secrets());
    }

    /// The tables read topics, so Kafka comes first; the services read the tables, so they come last.
    private static void startPinot(Starter starter, Component kafka, LocalPinot pinot) {
        starter.startAll(List.of(kafka, pinot.component()));
        pinot.ensureTables(kafka.port());
    }

    /// Kafka first.
    private List<Component> programs(Blueprint blueprint) {
        List<Component> programs = new ArrayList<>(List.of(blueprint.kafka()));
        ServiceSpec.ALL.stream().map(blueprint::service).forEach(programs::add);
        return programs;
    }

    private void train(Starter starter, List<Component> untrained, Runnable training) {
        progress.accept("making start-up caches, once per build");
        training.run();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            untrained.stream()
                    .filter(component -> !component.name().equals(Blueprint.KAFKA))
                    .forEach(component -> two.execute(() -> endTraining(starter, component)));
        }
        // The broker last: consumers that cannot say goodbye to it keep others waiting for their partitions.
        untrained.stream()
                .filter(component -> component.name().equals(Blueprint.KAFKA))
                .forEach(component -> endTraining(starter, component));
        starter.startAll(untrained);
    }

    private void endTraining(Starter starter, Component component) {
        processes.stop(component.name(), component.stopSignal(), TRAIN_PATIENCE);
        starter.acceptTraining(component);
    }

    private int stop(String name, String signal) {
        boolean stopped = processes.stop(name, signal, STOP_PATIENCE);
        if (stopped) {
            progress.accept(name + " stopped");
        }
        return stopped ? 1 : 0;
    }
}
