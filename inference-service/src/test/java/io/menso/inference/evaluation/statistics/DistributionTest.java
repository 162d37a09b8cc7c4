package io.menso.inference.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistributionTest {

    private final Distribution four =
            CosineHistogram.of(new float[] {-1, 0.25f, 0.5f, 1}).distribution();

    @Test
    void countsBothEnds() {
        assertThat(four.total()).isEqualTo(4);
        assertThat(four.share(-1)).isEqualTo(1);
        assertThat(four.share(0.25)).isEqualTo(0.75);
        assertThat(four.share(0.25002)).isEqualTo(0.5);
        assertThat(four.share(0.99999)).isEqualTo(0.25);
    }

    @Test
    void whatRoundingPutBeyondTheEndsCountsAtTheEnds() {
        Distribution beyond =
                CosineHistogram.of(new float[] {1.0000002f, -1.0000002f}).distribution();

        assertThat(beyond.total()).isEqualTo(2);
        assertThat(beyond.between(-1, -0.9)).isEqualTo(1);
        assertThat(beyond.between(0.9, 1.0)).isEqualTo(1);
    }

    @Test
    void cosineAtARateIsTheSmallestOfFourDigitsAboveIt() {
        assertThat(four.cosineAt(0.75)).isEqualTo(-0.9999);
        assertThat(four.cosineAt(0.5)).isEqualTo(0.2501);
        assertThat(four.cosineAt(0.3)).isEqualTo(0.5001);
        assertThat(four.cosineAt(0.001)).isEqualTo(1);
    }

    @Test
    void noPairsHaveNoShare() {
        assertThat(new CosineHistogram().distribution().share(0)).isZero();
    }
}
