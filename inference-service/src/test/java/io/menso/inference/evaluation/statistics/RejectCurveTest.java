package io.menso.inference.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RejectCurveTest {

    /// Ten pictures, each paired with the next; the pairs of pictures 2 and 7 do not match.
    private static final GenuinePairs CHAIN = new GenuinePairs(
            new float[] {0.9f, 0.1f, 0.1f, 0.9f, 0.9f, 0.9f, 0.1f, 0.1f, 0.9f},
            new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8},
            new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9});

    @Test
    void errorsGoWithThePicturesThatCauseThem() {
        double[] quality = {9, 9, 1, 9, 9, 9, 9, 2, 9, 9};

        RejectCurve curve = RejectCurve.of(CHAIN, quality, 0.5, 1e-3);

        assertThat(curve.points()).hasSize(31);
        assertThat(curve.points().get(0).fnmr()).isCloseTo(4 / 9.0, within(1e-12));
        assertThat(curve.points().get(9).fnmr()).isCloseTo(4 / 9.0, within(1e-12));
        assertThat(curve.points().get(10).fnmr()).isCloseTo(2 / 7.0, within(1e-12));
        assertThat(curve.points().get(10).pairs()).isEqualTo(7);
        assertThat(curve.points().get(20).fnmr()).isZero();
        assertThat(curve.points().get(20).pairs()).isEqualTo(5);
        // Ten steps each: flat, a slope within one step, flat, a slope, flat.
        double area = (9 * 4 / 9.0 + (4 / 9.0 + 2 / 7.0) / 2 + 9 * 2 / 7.0 + (2 / 7.0) / 2) / 30;
        assertThat(curve.area()).isCloseTo(area, within(1e-12));
    }

    @Test
    void qualityThatSaysNothingGainsNothing() {
        double[] good = {1, 9, 9, 9, 9, 9, 9, 9, 9, 2};

        RejectCurve curve = RejectCurve.of(CHAIN, good, 0.5, 1e-3);

        assertThat(curve.points().get(20).fnmr())
                .isGreaterThan(curve.points().get(0).fnmr());
    }

    @Test
    void withoutAnyPairLeftThereIsNoError() {
        GenuinePairs one = new GenuinePairs(new float[] {0.1f}, new int[] {0}, new int[] {1});
        double[] quality = new double[4];
        Arrays.fill(quality, 1);

        assertThat(RejectCurve.of(one, quality, 0.5, 1e-3).points().getLast().fnmr())
                .isZero();
    }
}
