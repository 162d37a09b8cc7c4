package io.menso.local.models.faceapi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.local.models.OnnxRun;
import io.menso.local.models.Reference;
import io.menso.local.models.weights.WeightsException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceApiTest {

    private static final float[] MEAN = {122.782f, 117.001f, 104.298f};
    private static final int SIDE = 112;

    @ParameterizedTest
    @CsvSource({
        "AGE_GENDER, age_gender_model, 256",
        "EXPRESSION, face_expression_model, 255",
        "LANDMARKS, face_landmark_68_model, 255"
    })
    void convertedNetworkAgreesWithPyTorch(FaceApi network, String file, float std) throws IOException {
        byte[] model = network.convert(manifest(file), numbers(file));
        float[] planes = Reference.pictures(SIDE);
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (planes[i] - MEAN[i / (SIDE * SIDE) % 3]) / std;
        }

        Reference.of(file).assertAgrees(OnnxRun.run(model, planes, 3, 3, SIDE, SIDE));
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() throws IOException {
        byte[] manifest = manifest("age_gender_model");
        byte[] numbers = numbers("age_gender_model");

        assertThatThrownBy(() -> FaceApi.EXPRESSION.convert(manifest, numbers))
                .isInstanceOf(WeightsException.class)
                .hasMessage("the weights lack dense0/conv0/filters");
    }

    @Test
    void manifestOfAnotherNetworkIsRefused() throws IOException {
        byte[] manifest = manifest("age_gender_model");
        byte[] numbers = numbers("face_expression_model");

        assertThatThrownBy(() -> FaceApi.AGE_GENDER.convert(manifest, numbers)).isInstanceOf(WeightsException.class);
    }

    private static byte[] manifest(String model) throws IOException {
        return Reference.shared("vladmandic__face-api/" + model + "-weights_manifest.json");
    }

    private static byte[] numbers(String model) throws IOException {
        return Reference.shared("vladmandic__face-api/" + model + ".bin");
    }
}
