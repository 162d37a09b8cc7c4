package io.menso.matching.index.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.Tenant;
import io.menso.matching.Vectors;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Hit;
import io.menso.matching.index.Space;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Vectors that cannot be compared are refused, and change nothing.
class LocalIndexRefusalTest {

    private static final Space SPACE = new Space(Tenant.of("acme", "production"), "rev1");
    private static final float[] GOOD = Vectors.at(0.6, 1);

    private final LocalIndex index = Indexes.with(new ScalarKernel(), Mode.STANDARD);

    static Stream<float[]> bad() {
        return Stream.of(
                new float[Vectors.DIMENSION],
                Shape.scaled(GOOD, Math.sqrt(1 + Codec.UNIT) + 1e-6),
                Shape.scaled(GOOD, Math.sqrt(1 - Codec.UNIT) - 1e-6),
                Shape.scaled(GOOD, 1e30),
                with(Float.NaN),
                with(Float.POSITIVE_INFINITY),
                with(Float.NEGATIVE_INFINITY),
                with(Float.MAX_VALUE),
                new float[0],
                Vectors.random(new Random(1), Vectors.DIMENSION + 1));
    }

    private static float[] with(float number) {
        float[] vector = GOOD.clone();
        vector[7] = number;
        return vector;
    }

    private static Entry entry(float[] vector) {
        return new Entry(UUID.randomUUID(), 1, vector);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesWhatItCannotCompare(float[] bad) {
        Entry good = entry(GOOD);
        index.put(SPACE, List.of(good));
        Candidates candidates = Candidates.of(List.of(good.user()));

        assertThatThrownBy(() -> index.put(SPACE, List.of(entry(GOOD), entry(bad))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.put(SPACE, List.of(new Entry(good.user(), 2, bad))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.search(SPACE, bad, 5, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.search(SPACE, bad, 5, 0, candidates))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.search(SPACE, List.of(GOOD, bad), 5, 0))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(index.search(SPACE, GOOD, 5, -2)).extracting(Hit::user).containsExactly(good.user());
        assertThat(index.version(SPACE, good.user())).hasValue(1);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aRefusedBatchMakesNoSpace(float[] bad) {
        assertThatThrownBy(() -> index.put(SPACE, List.of(entry(GOOD), entry(bad))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.put(SPACE, List.of(entry(bad), entry(GOOD))))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(index.revisions(SPACE.tenant())).isEmpty();
        float[] other = Vectors.random(new Random(1), 20);
        index.put(SPACE, List.of(entry(other)));
        assertThat(index.search(SPACE, other, 1, 0.9)).hasSize(1);
    }

    @Test
    void refusesMoreNumbersThanItsSumsHold() {
        float[] vector = new float[4097];
        vector[0] = 1;

        assertThatThrownBy(() -> index.put(SPACE, List.of(entry(vector)))).isInstanceOf(IllegalArgumentException.class);

        assertThat(index.revisions(SPACE.tenant())).isEmpty();
        assertThat(index.size()).isZero();
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void takesLengthsThatAreNearlyOne(double length) {
        Entry entry = entry(Shape.scaled(GOOD, length));
        index.put(SPACE, List.of(entry));

        assertThat(index.search(SPACE, Shape.scaled(GOOD, length), 1, 0.9))
                .isEqualTo(BruteForce.search(List.of(entry), entry.vector(), 1, 0.9));
    }

    static Stream<Double> lengths() {
        return Stream.of(Shape.SHORTEST, 1.0, Shape.LONGEST);
    }

    @Test
    void refusesToLookForNobody() {
        assertThatThrownBy(() -> index.search(SPACE, GOOD, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
