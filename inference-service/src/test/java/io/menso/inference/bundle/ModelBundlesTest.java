package io.menso.inference.bundle;

import static io.menso.inference.bundle.BundleFixture.DETECTOR;
import static io.menso.inference.bundle.BundleFixture.WEIGHTS;
import static io.menso.inference.bundle.BundleFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelBundlesTest {

    private static final String NAME = "face_detector_76K";
    private static final String STRONGER = DETECTOR.replace("score: 0.6", "score: 0.7");
    private static final String SHIPPED = DETECTOR.replace("score: 0.6", "score: 0.5");
    private static final String OTHER =
            DETECTOR.replace(NAME, "face_detector_9K").replace("75856", "9000");

    @TempDir
    Path directory;

    private Path models;
    private ShippedFixture shipped;

    @BeforeEach
    void prepare() throws IOException {
        models = Files.createDirectory(directory.resolve("models"));
        shipped = new ShippedFixture();
    }

    private ModelBundles read(Map<String, String> settings) {
        BuiltInBundles builtIn = new BuiltInBundles(shipped, directory.resolve("cache"));
        return ModelBundles.read(models, builtIn, Preferences.read(settings, models));
    }

    private ModelBundles read() {
        return read(Map.of());
    }

    @Test
    void absentFolderHoldsNoBundles() throws IOException {
        Files.delete(models);

        assertThat(read().all()).isEmpty();
        assertThat(read().problems()).isEmpty();
    }

    @Test
    @DisplayName("F2: latest is the revision installed last, and every revision can be asked for")
    void latestIsTheOneInstalledLast() throws IOException {
        String old = install(DETECTOR, "2026-11-01T00:00:00Z");
        String recent = install(STRONGER, "2026-11-02T00:00:00Z");

        ModelBundles bundles = read();

        assertThat(bundles.revisions(NAME)).containsExactly(recent, old);
        assertThat(bundles.find(NAME, "latest").orElseThrow().revision()).isEqualTo(recent);
        assertThat(bundles.find(NAME, old).orElseThrow().revision()).isEqualTo(old);
        assertThat(bundles.find(NAME, "0000000")).isEmpty();
        assertThat(bundles.find("other", "latest")).isEmpty();
        assertThat(bundles.all()).hasSize(2);
        assertThat(bundles.ofTask(Task.LIVENESS)).isEmpty();
    }

    @Test
    void pulledBundlesComeBeforeBuiltInOnes() throws IOException {
        String builtIn = shipped.add(SHIPPED);
        String smaller = shipped.add(OTHER);
        assertThat(inUse(read())).isEqualTo(NAME + "@" + builtIn);

        String pulled = install(DETECTOR, "2020-01-01T00:00:00Z");

        assertThat(read().candidates(Task.DETECTOR))
                .extracting(ModelBundle::toString)
                .containsExactly(NAME + "@" + pulled, NAME + "@" + builtIn, "face_detector_9K@" + smaller);
        assertThat(read().revisions(NAME)).containsExactly(pulled, builtIn);
        assertThat(read().all())
                .extracting(ModelBundle::origin)
                .containsExactly(Origin.PULLED, Origin.BUILT_IN, Origin.BUILT_IN);
    }

    @Test
    void bundleThatIsBothCountsOnceAndAsPulled() throws IOException {
        shipped.add(DETECTOR);
        install(DETECTOR, "2026-11-01T00:00:00Z");

        assertThat(read().all()).extracting(ModelBundle::origin).containsExactly(Origin.PULLED);
    }

    @Test
    @DisplayName("F2: the revision that is preferred is the latest")
    void preferredRevisionIsTheLatest() throws IOException {
        String builtIn = shipped.add(SHIPPED);
        String old = install(DETECTOR, "2026-11-01T00:00:00Z");
        String recent = install(STRONGER, "2026-11-02T00:00:00Z");
        prefer("detector: face_detector_76K@" + builtIn);

        assertThat(read().revisions(NAME)).containsExactly(builtIn, recent, old);
        assertThat(read().candidates(Task.DETECTOR))
                .extracting(ModelBundle::revision)
                .containsExactly(builtIn);
    }

    @Test
    void preferredNameWithoutARevisionIsItsLatest() throws IOException {
        String small = shipped.add(OTHER);
        install(DETECTOR, "2026-11-01T00:00:00Z");
        prefer("detector: face_detector_9K@latest");

        assertThat(inUse(read())).isEqualTo("face_detector_9K@" + small);
    }

    @Test
    void settingOutranksTheFile() throws IOException {
        String builtIn = shipped.add(SHIPPED);
        String pulled = install(DETECTOR, "2026-11-01T00:00:00Z");
        prefer("detector: face_detector_76K@" + pulled);

        assertThat(inUse(read(Map.of("detector", NAME + "@" + builtIn)))).isEqualTo(NAME + "@" + builtIn);
        assertThat(inUse(read())).isEqualTo(NAME + "@" + pulled);
    }

    @Test
    void preferredBundleThatIsNotThereIsReplacedByNothing() throws IOException {
        install(DETECTOR, "2026-11-01T00:00:00Z");
        prefer("detector: face_detector_76K@abcdef0");

        ModelBundles bundles = read();

        assertThat(bundles.candidates(Task.DETECTOR)).isEmpty();
        assertThat(bundles.preferred(Task.DETECTOR).orElseThrow()).hasToString("face_detector_76K@abcdef0");
        assertThat(bundles.find(NAME, "latest")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "detector: ../face",
                "detector: face_detector_76K@12",
                "detector: [a]",
                "oracle: face_detector_76K",
                "detector",
                "detector: a\ndetector: b",
                "{"
            })
    void choiceThatCannotBeUnderstoodIsRefused(String text) throws IOException {
        prefer(text);

        assertThatThrownBy(this::read).isInstanceOf(BundleException.class).hasMessageContaining("preferred.yaml");
    }

    @Test
    void emptyChoiceIsNone() throws IOException {
        install(DETECTOR, "2026-11-01T00:00:00Z");
        prefer("");

        assertThat(read().candidates(Task.DETECTOR)).hasSize(1);
    }

    @Test
    void brokenBundleIsListedAndTheOthersWork() throws IOException {
        install(DETECTOR, "2026-11-01T00:00:00Z");
        write(models.resolve("face_liveness_1K/0000000"), "nonsense", WEIGHTS);
        write(models.resolve("face_detector_76K/.unfinished"), "nonsense", WEIGHTS);

        ModelBundles bundles = read();

        assertThat(bundles.all()).hasSize(1);
        assertThat(bundles.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).hasMessageContaining("face_liveness_1K"));
    }

    private static String inUse(ModelBundles bundles) {
        return bundles.candidates(Task.DETECTOR).getFirst().toString();
    }

    private void prefer(String text) throws IOException {
        Files.writeString(models.resolve("preferred.yaml"), text);
    }

    private String install(String yaml, String time) throws IOException {
        Path directory = write(models, yaml);
        Files.setLastModifiedTime(directory, FileTime.from(Instant.parse(time)));
        return directory.toFile().getName();
    }
}
