package io.menso.matching.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.ApiException;
import io.menso.matching.remote.CalibrationTable;
import io.menso.matching.remote.CalibrationTable.Point;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {

    private static Calibration calibration(@Nullable Double threshold, Point... points) {
        return new Calibration(new CalibrationTable(16, threshold, List.of(points)));
    }

    private final Calibration calibration =
            calibration(0.5, new Point(0.2, 0.25, 1e-2), new Point(0.4, 0.5, 1e-4), new Point(0.8, 0.9, 1e-7));

    @Test
    @DisplayName("H4: the score is the table's at its points and on straight lines between them")
    void points() {
        assertThat(calibration.score(0.2)).isEqualTo(0.25);
        assertThat(calibration.score(0.4)).isEqualTo(0.5);
        assertThat(calibration.score(0.6)).isEqualTo(0.7);
        assertThat(calibration.score(0.8)).isEqualTo(0.9);
        assertThat(calibration.score(0.9)).isEqualTo(0.95);
    }

    @Test
    @DisplayName("H4: the score is 0 to 1 for every cosine, also beyond the table and for rounding errors beyond 1")
    void ends() {
        assertThat(calibration.score(-1)).isZero();
        assertThat(calibration.score(-1.0000001)).isZero();
        assertThat(calibration.score(1)).isEqualTo(1);
        assertThat(calibration.score(1.0000001)).isEqualTo(1);
    }

    @Test
    @DisplayName("H4: a higher cosine never scores lower")
    void monotone() {
        Random random = new Random(4);
        double last = 0;
        for (double cosine = -1; cosine <= 1; cosine += random.nextDouble() * 1e-4) {
            double score = calibration.score(cosine);
            assertThat(score).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(1);
            last = score;
        }
    }

    @Test
    @DisplayName("H3: the cosine of a threshold is the smallest whose rounded score reaches it")
    void threshold() {
        for (double threshold = 0.0001; threshold <= 1; threshold += 0.00731) {
            double cosine = calibration.cosineOf(threshold);
            assertThat(calibration.score(cosine)).isGreaterThanOrEqualTo(threshold);
            assertThat(calibration.score(Math.nextDown(cosine))).isLessThan(threshold);
        }
        assertThat(calibration.cosineOf(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(calibration.score(calibration.cosineOf(1))).isEqualTo(1);
    }

    @Test
    void aThresholdThatNothingReachesLetsNothingThrough() {
        Calibration low = calibration(0.5, new Point(-1, 0, 1), new Point(1, 0.8, 0));
        assertThat(low.cosineOf(0.9)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    @DisplayName("H4: without a threshold of its own the table gives the one at FMR 1e-4")
    void defaultThreshold() {
        assertThat(calibration.defaultThreshold()).isEqualTo(0.5);
        assertThat(calibration(null, new Point(0.3, 0.4, 1e-3), new Point(0.5, 0.6, 1e-4))
                        .defaultThreshold())
                .isEqualTo(0.6);
    }

    @Test
    void refusesATableThatIsNotAscending() {
        assertThatThrownBy(() -> calibration(0.5, new Point(0.4, 0.5, 0.1), new Point(0.3, 0.6, 0.1)))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> calibration(0.5, new Point(0.3, 0.7, 0.1), new Point(0.4, 0.6, 0.1)))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> calibration(0.5, new Point(0.3, 1.7, 0.1))).isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4097})
    void refusesDimensionsThatNoIndexHolds(int dimension) {
        CalibrationTable table = new CalibrationTable(dimension, 0.5, List.of());

        assertThatThrownBy(() -> new Calibration(table))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(503));
    }
}
