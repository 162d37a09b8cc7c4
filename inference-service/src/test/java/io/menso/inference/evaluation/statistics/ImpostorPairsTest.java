package io.menso.inference.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpostorPairsTest {

    private static final Templates TEMPLATES = Synthetic.templates();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void tilesCountWhatPairByPairCounts(int threads) {
        CosineHistogram expected = new CosineHistogram();
        for (int i = 0; i < TEMPLATES.size(); i++) {
            for (int j = TEMPLATES.end(i); j < TEMPLATES.size(); j++) {
                expected.add(TEMPLATES.cosine(i, j));
            }
        }

        Distribution found = ImpostorPairs.histogram(TEMPLATES, threads).distribution();

        assertThat(found.total()).isEqualTo(TEMPLATES.impostorPairs());
        // Sums in another order differ in the last bits, which may move a pair to the next step.
        for (int percent = -100; percent < 100; percent++) {
            assertThat(found.between(percent / 100.0, (percent + 1) / 100.0))
                    .isCloseTo(
                            expected.distribution().between(percent / 100.0, (percent + 1) / 100.0),
                            org.assertj.core.api.Assertions.within(3L));
        }
    }

    @Test
    void numbersNeedNotComeInFours() {
        Templates three = new Templates(
                List.of(new float[] {1, 0, 0}, new float[] {0, 0, 1}, new float[] {0.6f, 0, 0.8f}),
                List.of("a", "b", "c"));

        Distribution found = ImpostorPairs.histogram(three, 2).distribution();

        assertThat(found.between(-0.01, 0.01)).isEqualTo(1);
        assertThat(found.between(0.59, 0.61)).isEqualTo(1);
        assertThat(found.between(0.79, 0.81)).isEqualTo(1);
    }

    @Test
    void drawnPairsAreAsSpreadAsAll() {
        float[] drawn = ImpostorPairs.draw(TEMPLATES, 20_000, new SplittableRandom(1));

        Distribution sample = CosineHistogram.of(drawn).distribution();
        Distribution all = ImpostorPairs.histogram(TEMPLATES, 2).distribution();
        assertThat(drawn).hasSize(20_000);
        assertThat(sample.share(0.0)).isCloseTo(all.share(0.0), org.assertj.core.api.Assertions.within(0.02));
        assertThat(sample.share(0.3)).isCloseTo(all.share(0.3), org.assertj.core.api.Assertions.within(0.01));
    }

    @Test
    void moreThanThereAreIsEveryPairOnce() {
        Templates few = new Templates(
                IntStream.range(0, 4)
                        .mapToObj(i -> new float[] {(float) Math.cos(i), (float) Math.sin(i)})
                        .toList(),
                List.of("a", "a", "b", "c"));

        float[] drawn = ImpostorPairs.draw(few, 100, new SplittableRandom(1));

        assertThat(drawn)
                .containsExactlyInAnyOrder(
                        few.cosine(0, 2), few.cosine(0, 3), few.cosine(1, 2), few.cosine(1, 3), few.cosine(2, 3));
    }
}
