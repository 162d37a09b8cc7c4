package io.menso.inference.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.inference.bundle.Calibration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTableTest {

    @Test
    void theWorseOfTwoSetsCounts() {
        Distribution mild = even(300_000, 0.0);
        Distribution harsh = even(250_000, 0.1);

        Calibration table = new CalibrationTable(List.of(mild, harsh)).table();

        assertThat(table.cosineAtFmr(0.1)).isEqualTo(harsh.cosineAt(0.1)).isGreaterThan(mild.cosineAt(0.1));
        assertThat(table.defaultThreshold()).isEqualTo(0.5);
    }

    @Test
    void aSmallSetIsNotAskedForRatesItCannotTell() {
        Distribution large = even(300_000, 0.0);
        Distribution small = even(1_000, 0.05);

        Calibration table = new CalibrationTable(List.of(large, small)).table();

        assertThat(table.cosineAtFmr(0.1)).isEqualTo(small.cosineAt(0.1));
        assertThat(table.cosineAtFmr(1e-4)).isEqualTo(large.cosineAt(1e-4));
    }

    @Test
    void tooFewPairsAreRefused() {
        assertThatThrownBy(() -> new CalibrationTable(List.of(even(199_999, 0))))
                .hasMessageContaining("200000")
                .hasMessageContaining("199999");
    }

    @Test
    void yamlHasNoExponents() {
        Calibration calibration = new Calibration(List.of(
                new Calibration.Point(-1, 0, 1),
                new Calibration.Point(0, 0.00001553, 0.000000455),
                new Calibration.Point(1, 1, 0)));

        assertThat(CalibrationTable.yaml(calibration)).isEqualTo("""
                        calibration:
                          - {cosine: -1, score: 0, fmr: 1}
                          - {cosine: 0, score: 0.00001553, fmr: 0.000000455}
                          - {cosine: 1, score: 1, fmr: 0}
                        """);
    }

    /// Cosines evenly from `shift - 0.5` to `shift + 0.5`.
    private static Distribution even(int count, double shift) {
        CosineHistogram histogram = new CosineHistogram();
        for (int i = 0; i < count; i++) {
            histogram.add((double) i / count - 0.5 + shift);
        }
        return histogram.distribution();
    }
}
