package io.menso.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterTest {

    @TempDir
    Path directory;

    private final List<String> progress = new ArrayList<>();
    private Processes processes;
    private Starter starter;

    @BeforeEach
    void create() {
        Home home = new Home(directory, directory.resolve("home"), 1);
        home.create();
        processes = new Processes(home);
        starter = new Starter(home, processes, progress::add);
    }

    @AfterEach
    void stop() {
        processes.stop("one", "KILL", Duration.ofSeconds(10));
        processes.stop("two", "KILL", Duration.ofSeconds(10));
    }

    @Test
    void startsOnlyWhatDoesNotRun() {
        starter.startAll(List.of(component("one", "sleep 600", "a")));
        long pid = pid("one");

        starter.startAll(List.of(component("one", "sleep 600", "a"), component("two", "sleep 600", "a")));

        assertThat(pid("one")).isEqualTo(pid);
        assertThat(processes.find("two")).isPresent();
    }

    @Test
    void restartsWhatRunsWithOtherSettings() {
        starter.startAll(List.of(component("one", "sleep 600", "a")));
        long pid = pid("one");

        starter.startAll(List.of(component("one", "sleep 600", "b")));

        assertThat(pid("one")).isNotEqualTo(pid);
    }

    @Test
    void showsTheLogOfWhatEndsByItself() {
        Component failing = new Component(
                "one",
                0,
                List.of("bash", "-c", "echo no such database; exit 3"),
                List.of(),
                Map.of(),
                Optional.empty(),
                "TERM",
                () -> false);

        assertThatThrownBy(() -> starter.startAll(List.of(failing)))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("one ended by itself")
                .hasMessageContaining("no such database");
    }

    private long pid(String name) {
        return processes.find(name).orElseThrow().pid();
    }

    private static Component component(String name, String script, String setting) {
        return new Component(
                name,
                0,
                List.of("bash", "-c", script),
                List.of(),
                Map.of("SETTING", setting),
                Optional.empty(),
                "TERM",
                () -> true);
    }
}
