package io.menso.inference.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.inference.Settings;
import io.menso.inference.image.ImageFormat;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChecksConfigTest {

    @Test
    @DisplayName("H9, H10: defaults")
    void hasTheDecidedDefaults() {
        ChecksConfig config = Settings.of(ChecksConfig.class);

        assertThat(config.centreOffset()).isEqualTo(0.20);
        assertThat(config.minHeight()).isEqualTo(0.20);
        assertThat(config.maxHeight()).isEqualTo(0.75);
        assertThat(config.minEyeDistance()).isEqualTo(60);
        assertThat(config.secondFace()).isEqualTo(0.70);
        assertThat(config.liveness()).isEqualTo(0.5);
        assertThat(config.crossCheckFmr()).isEqualTo(0.001);
        assertThat(config.crossCheckCosine()).isEmpty();
        assertThat(config.qualityFloor()).isLessThan(config.quality());
    }

    @Test
    @DisplayName("D10: only verification and plain analysis take JPEG 2000")
    void formatsOfModes() {
        assertThat(Arrays.stream(CheckMode.values()).filter(mode -> mode.takes(ImageFormat.JPEG2000)))
                .containsExactlyInAnyOrder(CheckMode.NONE, CheckMode.VERIFICATION);
        assertThat(Arrays.stream(CheckMode.values()))
                .allMatch(mode -> mode.takes(ImageFormat.JPEG) && mode.takes(ImageFormat.PNG));
    }

    @Test
    @DisplayName("B5: every face code is a 422 with its own name and a reason")
    void refusals() {
        for (FaceCode code : FaceCode.values()) {
            assertThat(code.refusal().status()).isEqualTo(422);
            assertThat(code.refusal().body().error()).isEqualTo(code.name());
            assertThat(code.refusal().body().reason()).isNotBlank();
        }
    }
}
