package io.menso.local.stack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchBenchProgramTest {

    @Test
    void saysThatItHasToBeBuilt(@TempDir Path root) {
        SearchBenchProgram program = new SearchBenchProgram(Home.of(root, Map.of()));

        assertThatThrownBy(() -> program.run(List.of()))
                .isInstanceOf(LauncherException.class)
                .hasMessageStartingWith("the benchmark is not built");
    }
}
