package io.menso.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.bench.data.Match;
import io.menso.bench.data.Truth;
import io.menso.bench.data.Vectors;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {

    /// Rows 2 and 3 are equal.
    private static final float[] ROWS = {1, 0, 0.8f, 0.6f, 0.6f, 0.8f, 0.6f, 0.8f, 0, 1};

    private final List<Match> right = List.of(match(0, 1), match(1, 0.8f), match(2, 0.6f), match(3, 0.6f));
    private final Judge judge = new Judge(
            new Vectors(MemorySegment.ofArray(ROWS), 5, 2), new float[][] {{1, 0}}, new Truth(List.of(right)));

    @Test
    void theRightAnswerIsAccepted() {
        assertThatCode(() -> judge.requireExact(0, right, 4, -1)).doesNotThrowAnyException();
        assertThatCode(() -> judge.requireExact(0, right.subList(0, 2), 2, -1)).doesNotThrowAnyException();
        assertThatCode(() -> judge.requireExact(0, right.subList(0, 2), 4, 0.7)).doesNotThrowAnyException();
    }

    @Test
    void anotherRowIsWrong() {
        assertWrong(List.of(match(0, 1), match(4, 0.8f)), 2, -1);
    }

    @Test
    void anotherOrderIsWrong() {
        assertWrong(List.of(right.get(1), right.get(0)), 2, -1);
    }

    @Test
    void equalCosinesInAnotherOrderThanTheIdsAreWrong() {
        assertWrong(List.of(right.get(0), right.get(1), right.get(3), right.get(2)), 4, -1);
    }

    @Test
    void anotherCosineIsWrong() {
        assertWrong(List.of(new Match(0, 1.000002)), 1, -1);
    }

    @Test
    void aMissingHitIsWrong() {
        assertWrong(right.subList(0, 3), 4, -1);
    }

    @Test
    void aHitBelowTheThresholdIsWrong() {
        assertWrong(right.subList(0, 3), 4, 0.7);
    }

    @Test
    void newRowsMayTakePlacesButHideNothing() {
        Match added = match(7, 0.9f);

        assertThatCode(() -> judge.requireExactBesideNewRows(0, List.of(right.get(0), added, right.get(1)), 3, -1))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> judge.requireExactBesideNewRows(0, List.of(right.get(0), added), 3, -1))
                .isInstanceOf(WrongAnswerException.class);
        assertThatThrownBy(() -> judge.requireExactBesideNewRows(0, List.of(added, right.get(1), right.get(2)), 3, -1))
                .isInstanceOf(WrongAnswerException.class);
    }

    @Test
    void recallCountsWhatIsAsSimilarAsTheLastRightOne() {
        assertThat(judge.recall(List.of(List.of(match(0, 1), match(1, 0.8f), match(3, 0.6f))), 3, -1))
                .isEqualTo(1);
        assertThat(judge.recall(List.of(List.of(match(0, 1), match(4, 0.9f))), 2, -1))
                .isEqualTo(0.5);
        assertThat(judge.recall(List.of(List.of()), 4, 1.5)).isEqualTo(1);
    }

    private void assertWrong(List<Match> answer, int k, double threshold) {
        assertThatThrownBy(() -> judge.requireExact(0, answer, k, threshold)).isInstanceOf(WrongAnswerException.class);
    }

    private static Match match(int row, float cosine) {
        return new Match(row, cosine);
    }
}
