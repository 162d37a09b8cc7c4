package io.menso.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.inference.Settings;
import io.menso.inference.SharedModels;
import io.menso.inference.analysis.Timings;
import io.menso.inference.batch.BatchConfig;
import io.menso.inference.bundle.BuiltInBundles;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.bundle.ModelBundles;
import io.menso.inference.bundle.Preferences;
import io.menso.inference.bundle.Task;
import io.menso.inference.detect.DetectConfig;
import io.menso.inference.detect.FaceDetector;
import io.menso.inference.engine.EngineConfig;
import io.menso.inference.engine.NetworkFactory;
import io.menso.inference.image.ImageConfig;
import io.menso.inference.image.ImageDecoder;
import io.menso.inference.liveness.LivenessScorer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// The liveness network that the service ships, on upstream's three sample pictures, with the shipped detector.
@TestInstance(Lifecycle.PER_CLASS)
class BuiltInLivenessTest {

    private final ImageDecoder decoder = new ImageDecoder(Settings.of(ImageConfig.class));
    private FaceDetector detector;
    private LivenessScorer liveness;
    private double threshold;

    @BeforeAll
    void load(@TempDir Path folder) {
        Assumptions.assumeTrue(
                SharedModels.available(), "skipped: the sample pictures are read from the folder menso.shared");
        ModelBundles bundles = ModelBundles.read(
                folder.resolve("pulled"),
                BuiltInBundles.ofService(folder.resolve("unpacked")),
                Preferences.read(Map.of(), folder));
        EngineConfig engine = Settings.of(EngineConfig.class, Map.of("menso.inference.engine.format", "onnx"));
        StageFactory stages = new StageFactory(
                new NetworkFactory(engine),
                Settings.of(BatchConfig.class),
                Settings.of(DetectConfig.class),
                new SimpleMeterRegistry());
        ModelBundle bundle = bundles.inUse(Task.LIVENESS).orElseThrow();
        detector = stages.detector(bundles.inUse(Task.DETECTOR).orElseThrow());
        liveness = stages.liveness(bundle);
        threshold = bundle.threshold("score", Double.NaN);
    }

    @AfterAll
    void close() {
        if (liveness != null) {
            detector.close();
            liveness.close();
        }
    }

    @Test
    void acceptsALiveFace() throws IOException {
        assertThat(score("live-T1.jpg")).isGreaterThan(threshold);
    }

    @Test
    void refusesAPrint() throws IOException {
        assertThat(score("spoof-F1.jpg")).isLessThan(threshold);
    }

    @Test
    void refusesAScreen() throws IOException {
        assertThat(score("spoof-F2.jpg")).isLessThan(threshold);
    }

    private double score(String photograph) throws IOException {
        byte[] content =
                Files.readAllBytes(SharedModels.shared().resolve("photos").resolve(photograph));
        return decoder.decode(content, "image/jpeg", picture -> {
            var face = detector.detect(picture, detector.defaultThreshold(), new Timings())
                    .getFirst();
            return liveness.score(picture, face, new Timings()).join();
        });
    }
}
