package io.menso.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthTest {

    private static final int N = 403;
    private static final int K = 7;

    @TempDir
    private Path folder;

    private final Gallery gallery = new Gallery(N);
    private final Generator generator = Generator.structured(64, 3);

    @Test
    void itIsWhatComparingAndSortingGives() {
        List<Truth> truths = compute();

        for (int query = 0; query < queries().length; query++) {
            assertThat(rows(truths.get(0), query)).isEqualTo(naive(query, _ -> true));
            assertThat(rows(truths.get(1), query)).isEqualTo(naive(query, row -> row % 3 == 0));
        }
    }

    @Test
    void aThresholdKeepsTheBest() {
        Truth truth = compute().getFirst();
        double second = truth.answers().getFirst().get(1).cosine();

        assertThat(truth.answer(0, second)).isEqualTo(truth.answers().getFirst().subList(0, 2));
        assertThat(truth.answer(0, 1.1)).isEmpty();
    }

    @Test
    void itIsReadAsItWasWritten() {
        Truth truth = new Truth(List.of(List.of(new Match(3, 0.5), new Match(9, -0.25)), List.of()));

        truth.write(folder.resolve("truth"), K);

        assertThat(Truth.read(folder.resolve("truth"), K)).isEqualTo(truth);
    }

    private List<Truth> compute() {
        try (Parallel parallel = new Parallel(3)) {
            Path file = folder.resolve("rows");
            Vectors.write(file, N, 64, row -> gallery.template(generator, row), parallel);
            BitSet thirds = new BitSet();
            IntStream.range(0, N).filter(row -> row % 3 == 0).forEach(thirds::set);
            List<@Nullable BitSet> filters = new ArrayList<>();
            filters.add(null);
            filters.add(thirds);
            return Truth.compute(Vectors.open(file, 64), queries(), K, filters, parallel);
        }
    }

    /// Templates themselves, so that copies of one are equally similar.
    private float[][] queries() {
        return IntStream.range(0, 20)
                .mapToObj(row -> gallery.template(generator, row))
                .toArray(float[][]::new);
    }

    private static List<Integer> rows(Truth truth, int query) {
        return truth.answers().get(query).stream().map(Match::row).toList();
    }

    private List<Integer> naive(int query, IntPredicate filter) {
        float[] vector = queries()[query];
        Comparator<Integer> order =
                Comparator.comparingDouble(row -> -Kernels.exactDot(vector, gallery.template(generator, row)));
        return IntStream.range(0, N)
                .filter(filter)
                .boxed()
                .sorted(order.thenComparing(row -> Gallery.user(row).toString()))
                .limit(K)
                .toList();
    }

    @Test
    void allFiltersSeeTheSameOrder() {
        List<Truth> truths = compute();
        List<Integer> all = rows(truths.getFirst(), 0);

        assertThat(rows(truths.get(1), 0))
                .containsSubsequence(all.stream().filter(row -> row % 3 == 0).toList());
    }
}
