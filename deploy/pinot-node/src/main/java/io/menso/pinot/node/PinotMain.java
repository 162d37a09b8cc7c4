package io.menso.pinot.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pinot.spi.services.ServiceStartable;

/// Pinot as a process: starts the roles it is told, writes the ready file, and stops them in reverse on SIGTERM.
///
/// `PinotMain name=... roles=zookeeper,controller,broker,server directory=... ready=... zookeeper=<port> ...`; see
/// [NodeSettings]. Stopping in order matters: a killed controller is waited for at the next start until ZooKeeper
/// has forgotten its session.
public final class PinotMain {

    private static final int DELETIONS = 10;
    private static final int DELETION_PAUSE_MILLIS = 200;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private PinotMain() {}

    public static void main(String[] arguments) {
        // Helix forgets a killed process after this time; the controller is the slowest to find it gone.
        System.setProperty("zk.session.timeout", "8000");
        System.setProperty("helixmanager.flappingTimeWindow", "1");
        NodeSettings settings = NodeSettings.parse(arguments);
        if (settings.guarded()) {
            Thread.ofPlatform().daemon().name("guard").start(() -> endWithStandardInput(settings.leftovers()));
        }
        try {
            PinotMain main = new PinotMain();
            main.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(main::stop, "pinot-shutdown"));
            Files.writeString(settings.ready(), "ready\n");
            Thread.currentThread().join();
        } catch (Exception e) {
            fail("Pinot", e);
        }
    }

    /// Ends the process, because half a cluster is none.
    @SuppressWarnings("SystemExitOutsideMain")
    static void fail(String what, Exception e) {
        System.err.println(what + " does not start");
        e.printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    private void start(NodeSettings settings) throws Exception {
        Files.createDirectories(settings.directory());
        if (settings.has("zookeeper")) {
            started.push(ZooKeeper.start(settings.directory().resolve("zookeeper"), settings.port("zookeeper")));
        }
        if (settings.has("controller")) {
            add(Services.controller(settings));
        }
        if (settings.has("broker")) {
            add(Services.broker(settings));
        }
        if (settings.has("server")) {
            add(Services.server(settings));
        }
    }

    private void add(ServiceStartable service) {
        started.push(service::stop);
    }

    private void stop() {
        for (AutoCloseable service : started) {
            try {
                service.close();
            } catch (Exception e) {
                e.printStackTrace();
            }
        }
    }

    /// Whoever started this process holds the other end of its standard input; when it is gone, so is this.
    private static void endWithStandardInput(Optional<Path> leftovers) {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // Ended as well.
        }
        leftovers.ifPresent(PinotMain::delete);
        Runtime.getRuntime().halt(0);
    }

    /// Several times, because other threads and processes may still be writing.
    private static void delete(Path directory) {
        for (int attempt = 0; attempt < DELETIONS && Files.exists(directory); attempt++) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
                Thread.sleep(DELETION_PAUSE_MILLIS);
            } catch (IOException | UncheckedIOException | InterruptedException e) {
                // The next attempt meets what is left.
            }
        }
    }
}
