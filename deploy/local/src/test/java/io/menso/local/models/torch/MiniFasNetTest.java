package io.menso.local.models.torch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.local.models.OnnxRun;
import io.menso.local.models.Reference;
import io.menso.local.models.weights.WeightsException;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiniFasNetTest {

    private static final String FOLDER = "minivision-ai__Silent-Face-Anti-Spoofing/";
    private static final String V2 = FOLDER + "2.7_80x80_MiniFASNetV2.pth";
    private static final String V1SE = FOLDER + "4_0_0_80x80_MiniFASNetV1SE.pth";
    private static final int SIDE = 80;

    @ParameterizedTest
    @CsvSource({"V2, " + V2, "V1SE, " + V1SE})
    void convertedNetworkAgreesWithPyTorch(MiniFasNet network, String file) throws IOException {
        byte[] model = network.convert(Reference.shared(file));

        Reference.of("minifasnet-" + network.name())
                .assertAgrees(OnnxRun.run(model, Reference.pictures(SIDE), 3, 3, SIDE, SIDE));
    }

    @ParameterizedTest
    @CsvSource({
        "V1SE, " + V2 + ", 'conv_3.model.1.conv.bn.weight has the shape [13] instead of [26]'",
        "V2, " + V1SE + ", 'conv_3.model.1.conv.bn.weight has the shape [26] instead of [13]'"
    })
    void weightsOfAnotherNetworkAreRefused(MiniFasNet network, String file, String said) throws IOException {
        byte[] weights = Reference.shared(file);

        assertThatThrownBy(() -> network.convert(weights))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(said);
    }
}
