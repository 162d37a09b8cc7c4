package io.menso.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutputsTest {

    private final Outputs named = new Outputs(List.of("a", "b"), List.of(new float[] {1, 2}, new float[] {3, 4, 5, 6}));

    @Test
    void namesOutrankPlaces() {
        assertThat(named.get("b", 0)).containsExactly(3, 4, 5, 6);
        assertThat(named.first()).containsExactly(1, 2);
    }

    @Test
    void placesCountInAFileWithoutNames() {
        assertThat(new Outputs(named.values()).get("whatever", 1)).containsExactly(3, 4, 5, 6);
    }

    @Test
    void absentOutputIsNamed() {
        assertThatThrownBy(() -> named.get("c", 0))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("no output c among [a, b]");
        assertThatThrownBy(() -> new Outputs(List.of(new float[1])).get("c", 1)).isInstanceOf(NetworkException.class);
    }

    @Test
    void eachPictureHasItsPart() {
        assertThat(named.part(1, 2).get("a", 0)).containsExactly(2);
        assertThat(named.part(1, 2).get("b", 0)).containsExactly(5, 6);
    }

    @Test
    void severalAnswersHaveAMean() {
        Outputs other = new Outputs(List.of("a", "b"), List.of(new float[] {3, 4}, new float[] {3, 4, 5, 10}));

        Outputs mean = Outputs.mean(List.of(named, other));

        assertThat(mean.get("a", 0)).containsExactly(2, 3);
        assertThat(mean.get("b", 0)).containsExactly(3, 4, 5, 8);
    }

    @Test
    void everyOutputHasAName() {
        assertThatThrownBy(() -> new Outputs(List.of("a"), named.values())).hasMessageContaining("1 names for 2");
    }
}
