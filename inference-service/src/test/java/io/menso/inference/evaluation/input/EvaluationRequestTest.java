package io.menso.inference.evaluation.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.inference.bundle.Task;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationRequestTest {

    private static final String REST =
            "'aligned':false,'calibrate_with':[],'bundles':{},'outputs':{'print_calibration':false}";

    @Test
    void readsWhatTheLauncherWrites() {
        EvaluationRequest request = EvaluationRequest.parse("""
                {"pictures":"/faces","aligned":true,"calibrate_with":["/portraits"],"detector_data":"/scenes",
                 "against":"face_detector_76K","bundles":{"embedding":"face_embedding_1M@9c7f253"},"threads":3,
                 "outputs":{"plot":"/curves.png","print_calibration":true}}""");

        assertThat(request.pictures()).contains(Path.of("/faces"));
        assertThat(request.aligned()).isTrue();
        assertThat(request.persons()).isEmpty();
        assertThat(request.calibrateWith()).containsExactly(Path.of("/portraits"));
        assertThat(request.bundles()).containsEntry(Task.EMBEDDING, "face_embedding_1M@9c7f253");
        assertThat(request.threads()).hasValue(3);
        assertThat(request.outputs().plot()).contains(Path.of("/curves.png"));
        assertThat(request.outputs().json()).isEmpty();
        assertThat(request.outputs().wantsCalibration()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "|nothing to evaluate",
                "'pictures':'a','pairs':'b',|not both",
                "'pairs':'b','persons':'c',|needs a folder of faces",
                "'pictures':'a','against':'c',|need data for the detector",
                "'pictures':'a','threads':0,|at least one thread",
                "'pictures':'a','nonsense':1,|nonsense",
                "'pictures':7.5,|cannot be read"
            })
    void whatDoesNotGoTogetherIsRefused(String members, String problem) {
        String json = "{" + (members == null ? "" : members) + REST + "}";

        assertThatThrownBy(() -> EvaluationRequest.parse(json.replace('\'', '"')))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aCalibrationNeedsFaces() {
        String json =
                "{'detector_data':'a'," + REST.replace("'print_calibration':false", "'print_calibration':true") + "}";

        assertThatThrownBy(() -> EvaluationRequest.parse(json.replace('\'', '"')))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("a calibration needs");
    }

    @Test
    void textThatIsNoRequestIsRefused() {
        assertThatThrownBy(() -> EvaluationRequest.parse("null")).isInstanceOf(EvaluationException.class);
        assertThatThrownBy(() -> EvaluationRequest.parse("{")).isInstanceOf(EvaluationException.class);
    }
}
