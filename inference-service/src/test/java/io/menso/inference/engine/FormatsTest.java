package io.menso.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.menso.inference.Settings;
import io.menso.inference.Shipped;
import io.menso.inference.bundle.BuiltInBundles;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.bundle.NetworkWeights;
import io.menso.inference.bundle.Weights.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a bundle holds in two formats is one network: ONNX Runtime and libtorch answer alike.
class FormatsTest {

    /// Largest difference, in units of the largest answer or of 1.
    private static final double TOLERANCE = 1e-3;

    @TempDir
    static Path cache;

    @BeforeAll
    static void stayOffline() {
        new Engines(Settings.of(EngineConfig.class)).prepare();
    }

    static List<ModelBundle> bundles() {
        return Stream.of(Shipped.in(cache), BuiltInBundles.ofService(cache))
                .flatMap(builtIn -> builtIn.bundles().stream())
                .filter(bundle -> bundle.networks().stream()
                        .allMatch(network -> network.in(Format.TORCHSCRIPT).isPresent()))
                .toList();
    }

    private static Outputs run(ModelBundle bundle, NetworkWeights weights, String format, float[] planes, int count) {
        EngineConfig config = Settings.of(
                EngineConfig.class,
                Map.of("menso.inference.engine.format", format, "menso.inference.engine.gpu", "false"));
        int height = bundle.input().height();
        int width = bundle.input().width();
        try (Network network = new NetworkFactory(config).load(bundle, weights);
                Network.Runner runner = network.runner()) {
            return runner.run(planes, count, height, width);
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void enginesAgree(ModelBundle bundle) {
        int count = Math.min(2, bundle.input().batch().orElse(2));
        float[] planes =
                new float[count * 3 * bundle.input().height() * bundle.input().width()];
        Random random = new Random(7);
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (random.nextInt(256) - bundle.input().mean().getFirst())
                    / bundle.input().std().getFirst();
        }
        for (NetworkWeights weights : bundle.networks()) {
            Outputs onnx = run(bundle, weights, "onnx", planes, count);
            Outputs script = run(bundle, weights, "torchscript", planes, count);

            assertThat(script.values()).hasSameSizeAs(onnx.values());
            for (int output = 0; output < onnx.values().size(); output++) {
                assertClose(script.values().get(output), onnx.values().get(output));
            }
        }
    }

    private static void assertClose(float[] actual, float[] expected) {
        double largest = 1;
        for (float number : expected) {
            largest = Math.max(largest, Math.abs(number));
        }
        assertThat(actual).hasSameSizeAs(expected).containsExactly(expected, within((float) (TOLERANCE * largest)));
    }
}
