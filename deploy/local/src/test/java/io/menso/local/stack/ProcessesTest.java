package io.menso.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private Home home;
    private Processes processes;

    @BeforeEach
    void create() {
        home = new Home(directory, directory.resolve("home"), 1);
        home.create();
        processes = new Processes(home);
    }

    @AfterEach
    void stop() {
        processes.stop("sleeper", "KILL", PATIENCE);
    }

    @Test
    void findsWhatItStartedUntilItStopsIt() {
        ProcessRecord started = start("sleep 600");

        assertThat(new Processes(home).find("sleeper")).contains(started);
        assertThat(processes.stop("sleeper", "TERM", PATIENCE)).isTrue();
        assertThat(started.isAlive()).isFalse();
        assertThat(processes.find("sleeper")).isEmpty();
        assertThat(processes.stop("sleeper", "TERM", PATIENCE)).isFalse();
    }

    @Test
    void whatEndedByItselfStaysWantedUntilItIsStopped() {
        ProcessRecord started = start("exit 0");
        Awaitility.await().until(() -> !started.isAlive());

        assertThat(processes.isWanted("sleeper")).isTrue();
        processes.stop("sleeper", "TERM", PATIENCE);
        assertThat(processes.isWanted("sleeper")).isFalse();
    }

    @Test
    void endsByForceWhatDoesNotEndInTime() {
        ProcessRecord started = start("trap '' TERM; echo armed; while :; do sleep 1; done");
        Awaitility.await()
                .until(() -> processes.lastLines("sleeper", 1).toList().contains("armed"));

        processes.stop("sleeper", "TERM", Duration.ofMillis(300));

        assertThat(started.isAlive()).isFalse();
    }

    @Test
    void leadsASessionOfItsOwn() {
        ProcessRecord started = start("sleep 600");

        Awaitility.await()
                .untilAsserted(() -> assertThat(session(started.pid())).isEqualTo(started.pid()));
    }

    @Test
    void neitherBelievesNorSignalsAnotherProcessWithTheSameNumber() {
        ProcessRecord started = start("sleep 600");
        ProcessRecord recycled = new ProcessRecord(started.pid(), "another-boot:1", started.settings());
        Json.save(home.run().resolve("sleeper.json"), recycled);

        assertThat(processes.find("sleeper")).isEmpty();
        assertThat(processes.stop("sleeper", "KILL", PATIENCE)).isFalse();
        assertThat(started.isAlive()).isTrue();
        Json.save(home.run().resolve("sleeper.json"), started);
    }

    @Test
    void putsALargeLogAsideBeforeItGoesOn() throws Exception {
        Files.write(home.log("sleeper"), new byte[11 << 20]);

        start("sleep 600");

        assertThat(Files.size(Path.of(home.log("sleeper") + ".1"))).isEqualTo(11 << 20);
        assertThat(Files.size(home.log("sleeper"))).isLessThan(1000);
    }

    private static long session(long pid) throws Exception {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
    }

    private ProcessRecord start(String script) {
        Component component = new Component(
                "sleeper", 0, List.of("bash", "-c", script), List.of(), Map.of(), Optional.empty(), "TERM", () -> true);
        return processes.start(component, List.of(), "settings");
    }
}
