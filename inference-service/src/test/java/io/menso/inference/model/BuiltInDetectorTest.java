package io.menso.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.menso.inference.Settings;
import io.menso.inference.analysis.Timings;
import io.menso.inference.batch.BatchConfig;
import io.menso.inference.bundle.BuiltInBundles;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.bundle.ModelBundles;
import io.menso.inference.bundle.Origin;
import io.menso.inference.bundle.Preferences;
import io.menso.inference.bundle.Task;
import io.menso.inference.detect.DetectConfig;
import io.menso.inference.detect.Face;
import io.menso.inference.detect.FaceDetector;
import io.menso.inference.engine.EngineConfig;
import io.menso.inference.engine.NetworkFactory;
import io.menso.inference.image.ImageConfig;
import io.menso.inference.image.ImageDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The detector that the service ships, read from its jar, in both engines.
@TestInstance(Lifecycle.PER_CLASS)
class BuiltInDetectorTest {

    private static final int PERSONS = 6;
    private static final int VARIANTS = 3;

    private final ImageDecoder decoder = new ImageDecoder(Settings.of(ImageConfig.class));
    private FaceDetector onnx;
    private FaceDetector torchScript;

    @BeforeAll
    void load(@TempDir Path folder) {
        ModelBundle bundle = ModelBundles.read(
                        folder.resolve("pulled"),
                        BuiltInBundles.ofService(folder.resolve("unpacked")),
                        Preferences.read(Map.of(), folder))
                .inUse(Task.DETECTOR)
                .orElseThrow();
        assertThat(bundle.origin()).isEqualTo(Origin.BUILT_IN);
        onnx = detector(bundle, "onnx");
        torchScript = detector(bundle, "torchscript");
    }

    private static FaceDetector detector(ModelBundle bundle, String format) {
        EngineConfig engine = Settings.of(EngineConfig.class, Map.of("menso.inference.engine.format", format));
        return new StageFactory(
                        new NetworkFactory(engine),
                        Settings.of(BatchConfig.class),
                        Settings.of(DetectConfig.class),
                        new SimpleMeterRegistry())
                .detector(bundle);
    }

    @AfterAll
    void close() {
        onnx.close();
        torchScript.close();
    }

    private static Stream<String> pictures() {
        return IntStream.rangeClosed(1, PERSONS)
                .boxed()
                .flatMap(person -> IntStream.rangeClosed(1, VARIANTS)
                        .mapToObj(variant -> "person" + person + "_" + variant + ".jpg"));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void findsTheOneFaceOfADemoPicture(String picture) throws IOException {
        List<Face> faces = faces(onnx, picture);

        assertThat(faces).hasSize(1);
        Face face = faces.getFirst();
        assertThat(face.score()).isGreaterThan(0.8);
        // The demo's faces lie where their five points were put: the eyes 80 to 100 pixels apart.
        assertThat(face.eyeDistance()).isBetween(70.0, 110.0);
        assertThat(face.landmarks().get(2).y())
                .isBetween(face.landmarks().get(0).y(), face.landmarks().get(3).y());
    }

    @Test
    void bothEnginesSeeTheSame() throws IOException {
        for (String picture : pictures().toList()) {
            Face face = faces(onnx, picture).getFirst();
            Face other = faces(torchScript, picture).getFirst();

            assertThat(other.score()).isCloseTo(face.score(), within(1e-3));
            assertThat(other.box().overlap(face.box())).isGreaterThan(0.999);
            for (int i = 0; i < face.landmarks().size(); i++) {
                assertThat(other.landmarks().get(i).distance(face.landmarks().get(i)))
                        .isLessThan(0.1);
            }
        }
    }

    private List<Face> faces(FaceDetector detector, String name) throws IOException {
        try (InputStream in = BuiltInDetectorTest.class.getResourceAsStream("/demo/" + name)) {
            byte[] content = Objects.requireNonNull(in, name).readAllBytes();
            return decoder.decode(
                    content,
                    "image/jpeg",
                    picture -> detector.detect(picture, detector.defaultThreshold(), new Timings()));
        }
    }
}
