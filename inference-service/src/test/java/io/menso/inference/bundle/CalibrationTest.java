package io.menso.inference.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.menso.inference.bundle.Calibration.Point;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private final Calibration calibration = new Calibration(List.of(
            new Point(-1, 0, 1),
            new Point(0.36, 0.4, 1e-3),
            new Point(0.44, 0.5, 1e-4),
            new Point(0.6, 0.9, 0),
            new Point(1, 1, 0)));

    @Test
    @DisplayName("H4: the score is a monotone function of the cosine from 0 to 1")
    void scoreIsMonotone() {
        double previous = 0;
        for (double cosine = -1.1; cosine <= 1.1; cosine += 0.001) {
            double score = calibration.score(cosine);
            assertThat(score).isBetween(previous, 1.0);
            previous = score;
        }
        assertThat(calibration.score(-1)).isZero();
        assertThat(calibration.score(1)).isEqualTo(1);
    }

    @Test
    @DisplayName("H4: the default threshold is the score at a false match rate of 1e-4")
    void defaultThresholdIsAtOneInTenThousand() {
        assertThat(calibration.cosineAtFmr(1e-4)).isEqualTo(0.44);
        assertThat(calibration.defaultThreshold()).isEqualTo(0.5);
    }

    @Test
    void scoreIsLinearBetweenPoints() {
        assertThat(calibration.score(0.36)).isEqualTo(0.4);
        assertThat(calibration.score(0.40)).isEqualTo(0.45, within(1e-12));
        assertThat(calibration.score(0.52)).isEqualTo(0.7, within(1e-12));
    }

    @Test
    void falseMatchRateIsLogLinearBetweenPoints() {
        assertThat(calibration.cosineAtFmr(Math.sqrt(1e-3 * 1e-4))).isEqualTo(0.40, within(1e-12));
        assertThat(calibration.scoreAtFmr(Math.sqrt(1e-3 * 1e-4))).isEqualTo(0.45, within(1e-12));
    }

    @Test
    void rateThatNoPairReachedTakesTheNextPoint() {
        assertThat(calibration.cosineAtFmr(1e-6)).isEqualTo(0.6);
    }

    @Test
    void rateBeyondTheTableTakesItsEnd() {
        Calibration coarse = new Calibration(List.of(new Point(0, 0.1, 0.5), new Point(0.4, 0.6, 0.01)));

        assertThat(coarse.cosineAtFmr(1)).isZero();
        assertThat(coarse.cosineAtFmr(1e-5)).isEqualTo(0.4);
        assertThat(coarse.score(-1)).isEqualTo(0.1);
        assertThat(coarse.score(1)).isEqualTo(0.6);
    }

    @Test
    void impossibleRateIsRefused() {
        assertThatThrownBy(() -> calibration.cosineAtFmr(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> calibration.cosineAtFmr(1.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> calibration.cosineAtFmr(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tableOutOfOrderIsRefused() {
        assertRefused(new Point(0, 0, 1), new Point(0, 1, 0));
        assertRefused(new Point(0, 0.5, 1), new Point(0.5, 0.4, 0));
        assertRefused(new Point(0, 0, 0.1), new Point(0.5, 1, 0.2));
        assertRefused(new Point(0, 0, 1));
    }

    @Test
    void pointOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new Point(1.1, 0, 0)).hasMessageContaining("cosine");
        assertThatThrownBy(() -> new Point(0, -0.1, 0)).hasMessageContaining("score");
        assertThatThrownBy(() -> new Point(0, 0, Double.NaN)).hasMessageContaining("fmr");
    }

    private static void assertRefused(Point... points) {
        assertThatThrownBy(() -> new Calibration(List.of(points))).isInstanceOf(IllegalArgumentException.class);
    }
}
