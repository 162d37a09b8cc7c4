package io.menso.inference.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AttackRatesTest {

    private static final double[] LIVE = {0.9, 0.8, 0.7, 0.4};
    private static final Map<String, double[]> ATTACKS =
            Map.of("print", new double[] {0.1, 0.6}, "screen", new double[] {0.2, 0.3, 0.5, 0.1, 0.1});

    @Test
    void aScoreAtTheThresholdCountsAsLive() {
        AttackRates rates = AttackRates.at(0.5, LIVE, ATTACKS);

        assertThat(rates.apcer()).containsEntry("print", 0.5).containsEntry("screen", 1 - 4 / 5.0);
        assertThat(rates.worst()).isEqualTo(0.5);
        assertThat(rates.bpcer()).isEqualTo(0.25);
        assertThat(rates.acer()).isEqualTo(0.375);
    }

    @Test
    void equalErrorIsWhereTheWorstSpeciesMeetsTheLive() {
        AttackRates rates = AttackRates.atEqualError(LIVE, ATTACKS);

        // Above .6 no attack is taken for live, and one of four live is refused; at .6 it is one of two prints.
        assertThat(rates.threshold()).isGreaterThan(0.6).isLessThanOrEqualTo(0.7);
        assertThat(rates.worst()).isZero();
        assertThat(rates.bpcer()).isEqualTo(0.25);
    }

    @Test
    void separateScoresHaveAThresholdWithoutErrors() {
        AttackRates rates = AttackRates.atEqualError(new double[] {0.9, 0.8}, Map.of("print", new double[] {0.1, 0.2}));

        assertThat(rates.acer()).isCloseTo(0, within(1e-12));
        assertThat(rates.threshold()).isGreaterThan(0.2).isLessThanOrEqualTo(0.8);
    }
}
