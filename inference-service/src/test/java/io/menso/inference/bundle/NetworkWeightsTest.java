package io.menso.inference.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.inference.bundle.Weights.Format;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class NetworkWeightsTest {

    private static Weights file(String name, Format format, String variant, double cropScale) {
        return new Weights(
                name,
                format,
                "a".repeat(64),
                Optional.of(variant).filter(text -> !text.isEmpty()),
                OptionalDouble.of(cropScale));
    }

    @Test
    void filesOfOneVariantAreOneNetwork() {
        Weights near = file("near.onnx", Format.ONNX, "near", 2.7);
        Weights far = file("far.onnx", Format.ONNX, "far", 4);
        Weights nearScript = file("near.pt", Format.TORCHSCRIPT, "near", 2.7);

        List<NetworkWeights> networks = NetworkWeights.of(List.of(near, far, nearScript));

        assertThat(networks)
                .containsExactly(new NetworkWeights(List.of(near, nearScript)), new NetworkWeights(List.of(far)));
        assertThat(networks.getFirst().variant()).contains("near");
        assertThat(networks.getFirst().cropScale()).hasValue(2.7);
        assertThat(networks.getFirst().in(Format.TORCHSCRIPT)).contains(nearScript);
        assertThat(networks.getLast().in(Format.TORCHSCRIPT)).isEmpty();
    }

    @Test
    void filesWithoutAVariantAreOneNetwork() {
        assertThat(NetworkWeights.of(List.of(file("a", Format.ONNX, "", 1), file("b", Format.TORCHSCRIPT, "", 1))))
                .hasSize(1);
    }

    @Test
    void oneFormatTwiceIsRefused() {
        assertThatThrownBy(
                        () -> NetworkWeights.of(List.of(file("a", Format.ONNX, "", 1), file("b", Format.ONNX, "", 1))))
                .hasMessageContaining("variant");
    }

    @Test
    void cropScalesThatDisagreeAreRefused() {
        assertThatThrownBy(() ->
                        NetworkWeights.of(List.of(file("a", Format.ONNX, "", 1), file("b", Format.TORCHSCRIPT, "", 2))))
                .hasMessageContaining("crop_scale");
    }
}
