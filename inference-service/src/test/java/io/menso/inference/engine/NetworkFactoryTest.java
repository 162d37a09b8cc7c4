package io.menso.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.inference.Settings;
import io.menso.inference.bundle.NetworkWeights;
import io.menso.inference.bundle.Weights;
import io.menso.inference.bundle.Weights.Format;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkFactoryTest {

    private static final Weights ONNX = new Weights("net.onnx", Format.ONNX, "a".repeat(64));
    private static final Weights SCRIPT = new Weights("net.pt", Format.TORCHSCRIPT, "b".repeat(64));
    private static final NetworkWeights BOTH = new NetworkWeights(List.of(SCRIPT, ONNX));

    private static Weights choose(NetworkWeights network, Map<String, String> settings) {
        return new NetworkFactory(Settings.of(EngineConfig.class, settings)).choose(network);
    }

    @Test
    void withoutAGpuTheOnnxFileRuns() {
        assertThat(choose(BOTH, Map.of("menso.inference.engine.gpu", "false"))).isEqualTo(ONNX);
    }

    @Test
    void settingForcesAFormat() {
        assertThat(choose(BOTH, Map.of("menso.inference.engine.format", "torchscript")))
                .isEqualTo(SCRIPT);
        assertThat(choose(BOTH, Map.of("menso.inference.engine.format", "onnx")))
                .isEqualTo(ONNX);
    }

    @Test
    void networkInOneFormatRunsFromThat() {
        Map<String, String> script = Map.of("menso.inference.engine.format", "torchscript");
        Map<String, String> onnx = Map.of("menso.inference.engine.format", "onnx");

        assertThat(choose(new NetworkWeights(List.of(ONNX)), script)).isEqualTo(ONNX);
        assertThat(choose(new NetworkWeights(List.of(SCRIPT)), onnx)).isEqualTo(SCRIPT);
    }
}
