package io.menso.inference.bundle;

import static io.menso.inference.bundle.BundleFixture.DETECTOR;
import static io.menso.inference.bundle.BundleFixture.WEIGHTS;
import static io.menso.inference.bundle.BundleFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelBundlesTest {

    @TempDir
    Path models;

    @Test
    void absentFolderHoldsNoBundles() {
        ModelBundles bundles = ModelBundles.read(models.resolve("absent"));

        assertThat(bundles.all()).isEmpty();
        assertThat(bundles.problems()).isEmpty();
    }

    @Test
    @DisplayName("F2: latest is the revision installed last, and every revision can be asked for")
    void latestIsTheOneInstalledLast() throws IOException {
        String old = install(DETECTOR, "2026-11-01T00:00:00Z");
        String recent = install(DETECTOR.replace("score: 0.6", "score: 0.7"), "2026-11-02T00:00:00Z");

        ModelBundles bundles = ModelBundles.read(models);

        assertThat(bundles.revisions("face_detector_76K")).containsExactly(recent, old);
        assertThat(bundles.find("face_detector_76K", "latest").orElseThrow().revision())
                .isEqualTo(recent);
        assertThat(bundles.find("face_detector_76K", old).orElseThrow().revision())
                .isEqualTo(old);
        assertThat(bundles.find("face_detector_76K", "0000000")).isEmpty();
        assertThat(bundles.find("other", "latest")).isEmpty();
        assertThat(bundles.all()).hasSize(2);
        assertThat(bundles.ofTask(Task.DETECTOR)).hasSize(1);
        assertThat(bundles.ofTask(Task.LIVENESS)).isEmpty();
    }

    @Test
    @DisplayName("F2: an operator's marker pins the latest revision")
    void markerPinsTheLatest() throws IOException {
        String old = install(DETECTOR, "2026-11-01T00:00:00Z");
        install(DETECTOR.replace("score: 0.6", "score: 0.7"), "2026-11-02T00:00:00Z");
        Files.writeString(models.resolve("face_detector_76K/latest"), old + "\n");

        ModelBundles bundles = ModelBundles.read(models);

        assertThat(bundles.revisions("face_detector_76K").getFirst()).isEqualTo(old);
        assertThat(bundles.problems()).isEmpty();
    }

    @Test
    void markerToNothingIsAProblem() throws IOException {
        install(DETECTOR, "2026-11-01T00:00:00Z");
        Files.writeString(models.resolve("face_detector_76K/latest"), "abcdef0");

        ModelBundles bundles = ModelBundles.read(models);

        assertThat(bundles.all()).hasSize(1);
        assertThat(bundles.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).hasMessageContaining("abcdef0"));
    }

    @Test
    void brokenBundleIsListedAndTheOthersWork() throws IOException {
        install(DETECTOR, "2026-11-01T00:00:00Z");
        write(models.resolve("face_liveness_1K/0000000"), "nonsense", WEIGHTS);
        write(models.resolve("face_detector_76K/.unfinished"), "nonsense", WEIGHTS);

        ModelBundles bundles = ModelBundles.read(models);

        assertThat(bundles.latest()).hasSize(1);
        assertThat(bundles.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).hasMessageContaining("face_liveness_1K"));
    }

    private String install(String yaml, String time) throws IOException {
        Path directory = write(models, yaml);
        Files.setLastModifiedTime(directory, FileTime.from(Instant.parse(time)));
        return directory.toFile().getName();
    }
}
