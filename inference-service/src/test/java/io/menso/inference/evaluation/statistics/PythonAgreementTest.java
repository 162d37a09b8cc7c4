package io.menso.inference.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.menso.inference.bundle.Calibration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Numbers that `verification.py` and `calibration.py` of `inference-service/training` gave for [Synthetic].
class PythonAgreementTest {

    private static final Templates TEMPLATES = Synthetic.templates();
    private static final Comparisons COMPARISONS = Comparisons.all(TEMPLATES, 2);

    @Test
    void pairsAreTheSame() {
        assertThat(COMPARISONS.genuine().size()).isEqualTo(6300);
        assertThat(COMPARISONS.impostor().total()).isEqualTo(2_197_650);
        assertThat(COMPARISONS.genuine().cosines()[0]).isCloseTo(0.42649814f, within(1e-6f));
        assertThat(TEMPLATES.cosine(0, 7)).isCloseTo(-0.2077484f, within(1e-6f));
    }

    @Test
    void trueAcceptRatesAreTheSame() {
        ErrorRates rates = COMPARISONS.rates();

        assertThat(rates.at(1e-2).tar()).isCloseTo(0.783492, within(2e-4));
        assertThat(rates.at(1e-3).tar()).isCloseTo(0.502857, within(2e-4));
        assertThat(rates.at(1e-4).tar()).isCloseTo(0.242222, within(2e-4));
        assertThat(rates.equalErrorRate()).isCloseTo(0.064444, within(1e-4));
    }

    @Test
    void foldsGiveTheSameAccuracyForTheSameOrder() {
        int count = COMPARISONS.genuine().size();
        float[] impostors = new float[count];
        int next = 0;
        for (int i = 0; next < count; i++) {
            for (int j = TEMPLATES.end(i); j < TEMPLATES.size() && next < count; j++) {
                impostors[next++] = TEMPLATES.cosine(i, j);
            }
        }

        assertThat(Folds.accuracy(COMPARISONS.genuine().cosines(), impostors)).isCloseTo(0.9357142857, within(1e-9));
    }

    @Test
    void foldsInRandomOrderLieWhereSixSeedsLay() {
        assertThat(COMPARISONS.accuracy().orElseThrow()).isBetween(0.9320, 0.9370);
    }

    @Test
    void calibrationIsTheSame() {
        double[][] python = {
            {-1, 0, 1},
            {-0.5, 0.00001553, 0.998},
            {-0.25, 0.0001903, 0.92},
            {-0.1, 0.0008528, 0.71},
            {-0.05, 0.001405, 0.609},
            {0, 0.002315, 0.5},
            {0.05, 0.003811, 0.391},
            {0.1, 0.006268, 0.29},
            {0.15, 0.01029, 0.203},
            {0.2, 0.01686, 0.133},
            {0.2292, 0.02244, 0.1},
            {0.25, 0.02749, 0.0807},
            {0.3, 0.04453, 0.0454},
            {0.35, 0.07136, 0.0233},
            {0.4043, 0.1168, 0.01},
            {0.45, 0.1728, 0.00441},
            {0.5, 0.2562, 0.00161},
            {0.521, 0.2982, 0.001},
            {0.55, 0.3622, 0.000468},
            {0.6066, 0.5, 0.0001},
            {0.65, 0.6111, 0.0000264},
            {0.6807, 0.6843, 0.00001},
            {0.7, 0.7266, 0.00000546},
            {0.75, 0.8198, 0.000000455},
            {0.8, 0.8886, 0},
            {0.85, 0.9361, 0},
            {0.9, 0.9674, 0},
            {0.95, 0.9875, 0},
            {1, 1, 0}
        };

        Calibration table = new CalibrationTable(List.of(COMPARISONS.impostor())).table();

        assertThat(table.points())
                .isEqualTo(Arrays.stream(python)
                        .map(row -> new Calibration.Point(row[0], row[1], row[2]))
                        .toList());
        assertThat(table.defaultThreshold()).isEqualTo(0.5);
    }
}
