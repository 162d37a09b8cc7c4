package io.menso.inference.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import ai.djl.Model;
import io.menso.inference.torch.MiniFasNet.Variant;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MiniFasNetTest {

    private static final Path WEIGHTS = Path.of(
            System.getProperty("menso.shared", "../../shared"), "models/minivision-ai__Silent-Face-Anti-Spoofing");
    private static final String V2 = "2.7_80x80_MiniFASNetV2.pth";
    private static final String V1SE = "4_0_0_80x80_MiniFASNetV1SE.pth";

    /// Printed by training/minifasnet.py, which runs the same weights in PyTorch.
    private static final double[][] REFERENCE_V2 = {
        {0.01801574, 0.08254210, 0.89944220},
        {0.01135898, 0.03845837, 0.95018268},
        {0.00027677, 0.03018176, 0.96954143},
    };

    private static final double[][] REFERENCE_V1SE = {
        {0.00118870, 0.94989038, 0.04892092},
        {0.00139338, 0.93094349, 0.06766305},
        {0.01438711, 0.60994297, 0.37566993},
    };

    @BeforeAll
    static void stayOffline() {
        System.setProperty("ai.djl.offline", "true");
    }

    @Test
    void secondVersionAgreesWithPyTorch() throws Exception {
        assertAgrees(V2, Variant.V2, REFERENCE_V2);
    }

    @Test
    void squeezedVersionAgreesWithPyTorch() throws Exception {
        assertAgrees(V1SE, Variant.V1SE, REFERENCE_V1SE);
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() {
        assumeWeights();

        assertThatThrownBy(() -> MiniFasNet.load(WEIGHTS.resolve(V2), Variant.V1SE, Device.cpu()))
                .isInstanceOf(TorchFormatException.class)
                .hasMessageContaining("conv_3.model.1.conv.prelu.weight has the shape [13] instead of [26]");
        assertThatThrownBy(() -> MiniFasNet.load(WEIGHTS.resolve(V1SE), Variant.V2, Device.cpu()))
                .isInstanceOf(TorchFormatException.class);
    }

    @Test
    void variantsGoByTheirNamesUpstream() {
        assertThat(Variant.of("MiniFASNetV2")).isEqualTo(Variant.V2);
        assertThat(Variant.of("MiniFASNetV1SE")).isEqualTo(Variant.V1SE);
        assertThatThrownBy(() -> Variant.of("MiniFASNetV3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MiniFASNetV3");
    }

    private static void assertAgrees(String file, Variant variant, double[][] reference) throws Exception {
        assumeWeights();
        try (Model model = MiniFasNet.load(WEIGHTS.resolve(file), variant, Device.cpu())) {
            float[][] rows = MiniFasNet.softmax(model, pictures());

            assertThat(rows).hasDimensions(3, 3);
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < rows[i].length; j++) {
                    assertThat((double) rows[i][j]).isCloseTo(reference[i][j], within(1e-4));
                }
            }
        }
    }

    /// The pictures of training/minifasnet.py: two that look like noise, and a ramp.
    private static float[] pictures() {
        int picture = 3 * MiniFasNet.SIDE * MiniFasNet.SIDE;
        float[] planes = new float[3 * picture];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = i < 2 * picture ? (i * 7919L + i / 80 * 104729L) % 256 : i % MiniFasNet.SIDE * 3;
        }
        return planes;
    }

    private static void assumeWeights() {
        assumeThat(WEIGHTS)
                .as("the weights of MiniFASNet, which are not part of this repository")
                .isDirectory();
    }
}
