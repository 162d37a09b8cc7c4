package io.menso.inference.checks;

import static io.menso.inference.checks.FaceCode.BAD_CROSSCHECK;
import static io.menso.inference.checks.FaceCode.BAD_LIVENESS;
import static io.menso.inference.checks.FaceCode.BAD_QUALITY;
import static io.menso.inference.checks.FaceCode.MOVE_IN;
import static io.menso.inference.checks.FaceCode.MOVE_LEFT;
import static io.menso.inference.checks.FaceCode.NO_FACE_DETECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.menso.inference.Settings;
import io.menso.inference.checks.FrameChecks.Verdict;
import io.menso.inference.embedding.Template;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SequenceChecksTest {

    private static final Verdict USABLE = new Verdict(Optional.empty(), true);
    private static final Template EAST = Template.normalised(new float[] {1, 0});
    private static final Template NORTH_EAST = Template.normalised(new float[] {1, 1});
    private static final Template NORTH = Template.normalised(new float[] {0, 1});

    private final SequenceChecks checks = new SequenceChecks(Settings.of(ChecksConfig.class));

    private Optional<FaceCode> frames(FaceCode... codes) {
        return checks.frames(Arrays.stream(codes)
                .map(code -> new Verdict(Optional.of(code), false))
                .toList());
    }

    @Test
    @DisplayName("H7: one usable frame is enough, wherever it stands")
    void oneUsableFrameIsEnough() {
        Verdict bad = new Verdict(Optional.of(NO_FACE_DETECTED), false);

        assertThat(checks.frames(List.of(USABLE, bad, bad))).isEmpty();
        assertThat(checks.frames(List.of(bad, bad, USABLE))).isEmpty();
    }

    @Test
    @DisplayName("H7: otherwise the code of the last frame")
    void lastCodeCounts() {
        assertThat(frames(NO_FACE_DETECTED, MOVE_IN, MOVE_LEFT)).contains(MOVE_LEFT);
        assertThat(frames(MOVE_LEFT, NO_FACE_DETECTED)).contains(NO_FACE_DETECTED);
        assertThat(frames(BAD_QUALITY, MOVE_IN)).contains(MOVE_IN);
    }

    @Test
    @DisplayName("H7: BAD_QUALITY needs all frames bad")
    void badQualityNeedsAll() {
        assertThat(frames(BAD_QUALITY, BAD_QUALITY)).contains(BAD_QUALITY);
        assertThat(frames(MOVE_IN, NO_FACE_DETECTED, BAD_QUALITY)).contains(NO_FACE_DETECTED);
    }

    @Test
    @DisplayName("H6, D9: frames of one person pass the cross-check, every pair counts")
    void crossChecksEveryPair() {
        for (CheckMode mode : List.of(CheckMode.REGISTRATION, CheckMode.ENROLLMENT, CheckMode.IDENTIFICATION)) {
            assertThat(checks.crossCheck(List.of(EAST), 0.9, mode)).isEmpty();
            assertThat(checks.crossCheck(List.of(EAST, NORTH_EAST), 0.7, mode)).isEmpty();
            assertThat(checks.crossCheck(List.of(EAST, NORTH_EAST), 0.71, mode)).contains(BAD_CROSSCHECK);
            assertThat(checks.crossCheck(List.of(EAST, NORTH_EAST, NORTH), 0.7, mode))
                    .contains(BAD_CROSSCHECK);
        }
    }

    @Test
    @DisplayName("H6: neither verification nor a plain analysis is cross-checked")
    void otherModesAreNotCrossChecked() {
        assertThat(checks.crossCheck(List.of(EAST, NORTH), 0.9, CheckMode.NONE)).isEmpty();
        assertThat(checks.crossCheck(List.of(EAST, NORTH), 0.9, CheckMode.VERIFICATION))
                .isEmpty();
    }

    @Test
    @DisplayName("H6: liveness applies to enrollment and identification only")
    void livenessByMode() {
        OptionalDouble fake = OptionalDouble.of(0.1);
        assertThat(checks.liveness(fake, CheckMode.ENROLLMENT)).contains(BAD_LIVENESS);
        assertThat(checks.liveness(fake, CheckMode.IDENTIFICATION)).contains(BAD_LIVENESS);
        assertThat(checks.liveness(fake, CheckMode.REGISTRATION)).isEmpty();
        assertThat(checks.liveness(fake, CheckMode.VERIFICATION)).isEmpty();
        assertThat(checks.liveness(fake, CheckMode.NONE)).isEmpty();
    }

    @Test
    void livenessAtItsThreshold() {
        assertThat(checks.liveness(OptionalDouble.of(0.5), CheckMode.ENROLLMENT))
                .isEmpty();
        assertThat(checks.liveness(OptionalDouble.of(0.4999), CheckMode.ENROLLMENT))
                .contains(BAD_LIVENESS);
    }

    @Test
    void unknownLivenessIsRefused() {
        assertThat(checks.liveness(OptionalDouble.empty(), CheckMode.ENROLLMENT))
                .contains(BAD_LIVENESS);
    }
}
