package io.menso.inference.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.menso.inference.evaluation.statistics.ErrorRates.OperatingPoint;
import org.junit.jupiter.api.Test;

class ErrorRatesTest {

    @Test
    void thresholdKeepsTheRateAndRefusesNoMoreThanItMust() {
        ErrorRates rates = rates(new float[] {0.15f, 0.45f, 0.6f, 0.9f}, tenths());

        OperatingPoint point = rates.at(0.2);

        assertThat(point.cosine()).isBetween(0.7, 0.8001);
        assertThat(point.impostors()).isEqualTo(2);
        assertThat(point.fmr()).isEqualTo(0.2);
        assertThat(point.tar()).isEqualTo(0.25);
        assertThat(point.fnmr()).isEqualTo(0.75);
        assertThat(point.supported()).isFalse();
    }

    @Test
    void separatePairsHaveNoErrors() {
        ErrorRates rates = rates(new float[] {0.8f, 0.9f}, new float[] {-0.2f, 0.1f});

        assertThat(rates.equalErrorRate()).isZero();
        assertThat(rates.at(1e-4).tar()).isEqualTo(1);
    }

    @Test
    void errorsMeetWhereAsManyAreLostOnEitherSide() {
        // Between .35 and .4 one of four genuine pairs is lost, and one of four impostors matches.
        ErrorRates rates = rates(new float[] {0.35f, 0.5f, 0.6f, 0.7f}, new float[] {0.1f, 0.2f, 0.3f, 0.4f});

        assertThat(rates.equalErrorRate()).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void everythingTheWrongWayRoundIsAlwaysWrong() {
        assertThat(rates(new float[] {-0.5f}, new float[] {0.5f}).equalErrorRate())
                .isEqualTo(1);
    }

    @Test
    void curveFallsFromFewImpostorsToMany() {
        ErrorRates rates = rates(tenths(), tenths());

        assertThat(rates.curve()).hasSizeBetween(4, 10).isSortedAccordingTo((a, b) -> Double.compare(a.fmr(), b.fmr()));
        assertThat(rates.curve()).isSortedAccordingTo((a, b) -> Double.compare(b.fnmr(), a.fnmr()));
        assertThat(rates.curve().getFirst().fmr()).isCloseTo(0.1, within(1e-9));
    }

    private static float[] tenths() {
        return new float[] {0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f};
    }

    private static ErrorRates rates(float[] genuine, float[] impostor) {
        return new ErrorRates(
                CosineHistogram.of(genuine).distribution(),
                CosineHistogram.of(impostor).distribution());
    }
}
