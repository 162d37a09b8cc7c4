package io.menso.inference.evaluation.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivenessDataTest {

    @TempDir
    Path folder;

    @Test
    void foldersNameTheSpecies() throws IOException {
        pictures("live", "a.jpg", "b.jpg");
        pictures("attack-print", "c.jpg");
        pictures("attack-screen", "d.jpg");
        pictures("notes", "e.jpg");

        LivenessData data = LivenessData.read(folder);

        assertThat(data.live()).hasSize(2);
        assertThat(data.attacks()).containsOnlyKeys("print", "screen");
    }

    @Test
    void liveFacesAndAttacksAreBothNeeded() throws IOException {
        pictures("live", "a.jpg");
        assertThatThrownBy(() -> LivenessData.read(folder))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("attack-<type>");

        Files.delete(folder.resolve("live/a.jpg"));
        pictures("attack-print", "b.jpg");
        assertThatThrownBy(() -> LivenessData.read(folder))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("no pictures in");
    }

    private void pictures(String inner, String... names) throws IOException {
        Files.createDirectories(folder.resolve(inner));
        for (String name : names) {
            Files.createFile(folder.resolve(inner).resolve(name));
        }
    }
}
