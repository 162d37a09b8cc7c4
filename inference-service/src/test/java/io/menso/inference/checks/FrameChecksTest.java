package io.menso.inference.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.inference.Settings;
import io.menso.inference.checks.FrameChecks.Frame;
import io.menso.inference.checks.FrameChecks.Verdict;
import io.menso.inference.detect.Box;
import io.menso.inference.detect.Face;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Pictures of 640 x 480: a face is judged against 480, its centre against (320, 240).
class FrameChecksTest {

    private final FrameChecks checks = new FrameChecks(Settings.of(ChecksConfig.class));

    private Verdict judge(CheckMode mode, double quality, Face... faces) {
        return checks.judge(new Frame(640, 480, List.of(faces), quality), mode);
    }

    private Optional<FaceCode> identify(Face... faces) {
        return judge(CheckMode.IDENTIFICATION, 1, faces).code();
    }

    @Test
    void aCentralFaceIsUsable() {
        assertThat(judge(CheckMode.IDENTIFICATION, 1, Faces.at(320, 240, 240)).usable())
                .isTrue();
        assertThat(judge(CheckMode.ENROLLMENT, 1, Faces.at(320, 240, 240)).usable())
                .isTrue();
    }

    @ParameterizedTest(name = "H9: a face of height {0} with {1} px between the eyes: {2}")
    @CsvSource({
        "96, 60,",
        "95.9, 60, MOVE_IN",
        "360, 144,",
        "360.1, 144, MOVE_OUT",
        "240, 60,",
        "240, 59.9, MOVE_IN",
        "20, 8, MOVE_IN",
        "470, 188, MOVE_OUT"
    })
    void judgesSize(double height, double eyes, @Nullable FaceCode code) {
        assertThat(identify(Faces.of(320, 240, height, eyes))).isEqualTo(Optional.ofNullable(code));
    }

    @ParameterizedTest(name = "H9: a centre at ({0}, {1}): {2}")
    @CsvSource({
        "448, 240,",
        "449, 240, MOVE_LEFT",
        "192, 240,",
        "191, 240, MOVE_RIGHT",
        "320, 336,",
        "320, 337, MOVE_UP",
        "320, 144,",
        "320, 143, MOVE_DOWN"
    })
    void judgesPlace(double x, double y, @Nullable FaceCode code) {
        assertThat(identify(Faces.of(x, y, 200, 80))).isEqualTo(Optional.ofNullable(code));
    }

    @ParameterizedTest(name = "H8: of two offsets the larger comes first: ({0}, {1}): {2}")
    @CsvSource({
        // 30 % right, 25 % down, and the other way round, as shares of each side.
        "512, 360, MOVE_LEFT",
        "480, 384, MOVE_UP",
        "128, 120, MOVE_RIGHT",
        "160, 96, MOVE_DOWN"
    })
    void largerOffsetFirst(double x, double y, FaceCode code) {
        assertThat(identify(Faces.of(x, y, 150, 62))).contains(code);
    }

    @ParameterizedTest(name = "H9: a face cut by the border moves away from it: [{0} {1} {2} {3}] {4}")
    @CsvSource({
        "170, -25, 300, 350, MOVE_DOWN",
        "170, 155, 300, 350, MOVE_UP",
        "-40, 140, 440, 200, MOVE_RIGHT",
        "240, 140, 440, 200, MOVE_LEFT",
        "170, -10, 300, 350,"
    })
    void movesAwayFromTheBorder(double x, double y, double width, double height, @Nullable FaceCode code) {
        Face face = new Face(
                0.9, new Box(x, y, width, height), Faces.at(320, 240, 240).landmarks());

        assertThat(identify(face)).isEqualTo(Optional.ofNullable(code));
    }

    @ParameterizedTest(name = "H10: a second face of {0} of the side: {1}")
    @CsvSource({"0.83, ", "0.8367, MULTIPLE_BEST_FACE_CANDIDATES", "1, MULTIPLE_BEST_FACE_CANDIDATES"})
    void judgesTheSecondFace(double side, @Nullable FaceCode code) {
        Face best = Faces.at(320, 240, 200);
        Face second = Faces.at(100, 240, 200 * side);

        assertThat(identify(best, second)).isEqualTo(Optional.ofNullable(code));
        assertThat(judge(CheckMode.REGISTRATION, 1, best, second).code()).isEqualTo(Optional.ofNullable(code));
        assertThat(judge(CheckMode.VERIFICATION, 1, best, second).code()).isEqualTo(Optional.ofNullable(code));
        assertThat(judge(CheckMode.NONE, 1, best, second).code()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noFaceIsTheFirstCode(CheckMode mode) {
        Verdict verdict = judge(mode, 0);

        assertThat(verdict.code()).contains(FaceCode.NO_FACE_DETECTED);
        assertThat(verdict.comparable()).isFalse();
    }

    @Test
    @DisplayName("H8: several faces, then size, then place, then quality")
    void orderOfCodes() {
        Face smallAside = Faces.of(600, 240, 60, 20);
        Face aside = Faces.at(560, 240, 160);
        assertThat(judge(CheckMode.IDENTIFICATION, 0, smallAside, smallAside).code())
                .contains(FaceCode.MULTIPLE_BEST_FACE_CANDIDATES);
        assertThat(judge(CheckMode.IDENTIFICATION, 0, smallAside).code()).contains(FaceCode.MOVE_IN);
        assertThat(judge(CheckMode.IDENTIFICATION, 0, aside).code()).contains(FaceCode.MOVE_LEFT);
        assertThat(judge(CheckMode.IDENTIFICATION, 0, Faces.at(320, 240, 200)).code())
                .contains(FaceCode.BAD_QUALITY);
    }

    @Test
    @DisplayName("D8: registration has a lower floor for quality and no framing; verification judges neither")
    void registrationIsLenient() {
        Face corner = Faces.of(60, 60, 60, 20);
        double between = 0.2;

        assertThat(judge(CheckMode.REGISTRATION, between, corner).usable()).isTrue();
        assertThat(judge(CheckMode.REGISTRATION, 0.05, corner).code()).contains(FaceCode.BAD_QUALITY);
        assertThat(judge(CheckMode.VERIFICATION, 0, corner).usable()).isTrue();
        assertThat(judge(CheckMode.ENROLLMENT, between, Faces.at(320, 240, 200)).code())
                .contains(FaceCode.BAD_QUALITY);
    }

    @Test
    @DisplayName("H7: a badly framed frame is still compared, one of bad quality is not")
    void comparesGoodFaces() {
        assertThat(judge(CheckMode.ENROLLMENT, 1, Faces.at(560, 240, 160)).comparable())
                .isTrue();
        assertThat(judge(CheckMode.ENROLLMENT, 0, Faces.at(320, 240, 200)).comparable())
                .isFalse();
    }
}
