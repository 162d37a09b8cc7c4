package io.menso.matching.index.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.commons.web.Tenant;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the rows look like, the engine answers as a float64 scan does: the same ids in the same order, with
/// the same cosines to the last bit.
@Tag("optimised")
class LocalIndexExactnessTest {

    private static final double ALL = -2;
    private static final int ROWS = 300;
    private static final int[] DIMENSIONS = {1, 64, 100, 128, 192, 256, 320, 512};

    /// For dimensions beyond the suite's, such as 1024 or 4096, whose rotations take long to make.
    private static final Integer MORE = Integer.getInteger("menso.dimension");

    static Stream<Arguments> engines() {
        return Stream.of(Mode.values())
                .flatMap(mode ->
                        Stream.of(Arguments.of(mode, new ScalarKernel()), Arguments.of(mode, new VectorKernel())));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void answersAsBruteForceDoesWhateverTheRowsLookLike(Mode mode, Kernel kernel) {
        try (LocalIndex index = Indexes.with(kernel, mode)) {
            for (int dimension : MORE == null ? DIMENSIONS : new int[] {MORE}) {
                for (Shape shape : Shape.values()) {
                    compare(
                            index,
                            new Space(Tenant.of("acme", "production"), shape + "-" + dimension),
                            shape,
                            dimension);
                }
            }
        }
    }

    private static void compare(LocalIndex index, Space space, Shape shape, int dimension) {
        // Given
        Random random = new Random(31L * dimension + shape.ordinal());
        List<float[]> rows = shape.rows(random, ROWS, dimension);
        List<Entry> entries = IntStream.range(0, ROWS)
                .mapToObj(i -> new Entry(new UUID(random.nextLong(), random.nextLong()), i + 1, rows.get(i)))
                .toList();
        index.put(space, entries);
        List<Entry> few = entries.subList(0, 7);
        List<Entry> many = entries.subList(0, 200);
        List<float[]> queries = shape.queries(random, rows);
        int[] ks = {1, 5, 2 * ROWS};

        // When, Then
        for (float[] query : queries) {
            int k = ks[random.nextInt(ks.length)];
            for (double threshold : thresholds(query, rows, random)) {
                String what = space.revision() + " k " + k + " threshold " + threshold;
                assertThat(index.search(space, query, k, threshold))
                        .as(what)
                        .isEqualTo(BruteForce.search(entries, query, k, threshold));
                for (List<Entry> some : List.of(few, many)) {
                    assertThat(index.search(space, query, k, threshold, candidates(some, random)))
                            .as("%s among %d", what, some.size())
                            .isEqualTo(BruteForce.search(some, query, k, threshold));
                }
            }
            ks[random.nextInt(ks.length)] = 1 + random.nextInt(ROWS);
        }
        assertThat(index.search(space, queries, 5, ALL))
                .as(space.revision() + " together")
                .isEqualTo(queries.stream()
                        .map(query -> BruteForce.search(entries, query, 5, ALL))
                        .toList());
    }

    /// None, a usual one, just what a row reaches, and just what it does not.
    private static double[] thresholds(float[] query, List<float[]> rows, Random random) {
        double reached = BruteForce.dot(rows.get(random.nextInt(rows.size())), query);
        return new double[] {ALL, 0.35, reached, Math.nextUp(reached)};
    }

    /// With people whom the space does not know, some of them twice, in any order.
    private static Candidates candidates(List<Entry> entries, Random random) {
        List<UUID> users = new ArrayList<>(entries.stream().map(Entry::user).toList());
        UUID absent = new UUID(random.nextLong(), random.nextLong());
        users.add(absent);
        users.add(random.nextInt(users.size()), absent);
        return Candidates.of(users);
    }
}
