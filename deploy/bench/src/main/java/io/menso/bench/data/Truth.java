package io.menso.bench.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The right answers to some queries, by float64 over all rows.
///
/// @param answers by query, best first, without a threshold
public record Truth(List<List<Match>> answers) {

    private static final int ENTRY = Integer.BYTES + Double.BYTES;

    /// Answers a query should get at a threshold.
    public List<Match> answer(int query, double threshold) {
        return answers.get(query).stream()
                .filter(match -> match.cosine() >= threshold)
                .toList();
    }

    /// Compares every row with every query; one pass answers for all filters.
    ///
    /// @param filters which rows count, one result for each; null counts all
    static List<Truth> compute(
            Vectors rows, float[][] queries, int k, List<@Nullable BitSet> filters, Parallel parallel) {
        double[][] exact = new double[queries.length][];
        for (int i = 0; i < queries.length; i++) {
            exact[i] = widen(queries[i]);
        }
        List<Nearest[][]> parts = parallel.split(rows.count(), (from, to) -> {
            Nearest[][] best = empty(filters.size(), queries.length, k);
            scan(rows, from, to, exact, filters, best);
            return best;
        });
        Nearest[][] best = empty(filters.size(), queries.length, k);
        for (Nearest[][] part : parts) {
            for (int f = 0; f < filters.size(); f++) {
                for (int q = 0; q < queries.length; q++) {
                    best[f][q].offerAll(part[f][q]);
                }
            }
        }
        List<Truth> truths = new ArrayList<>();
        for (Nearest[] ofFilter : best) {
            truths.add(new Truth(java.util.Arrays.stream(ofFilter)
                    .map(nearest -> nearest.matches(Double.NEGATIVE_INFINITY))
                    .toList()));
        }
        return truths;
    }

    private static Nearest[][] empty(int filters, int queries, int k) {
        Nearest[][] best = new Nearest[filters][queries];
        for (Nearest[] ofFilter : best) {
            java.util.Arrays.setAll(ofFilter, _ -> new Nearest(k));
        }
        return best;
    }

    private static void scan(
            Vectors rows, int from, int to, double[][] queries, List<@Nullable BitSet> filters, Nearest[][] best) {
        int dimension = rows.dimension();
        double[] block = new double[4 * dimension];
        double[] dots = new double[4];
        for (int row = from; row < to; row += 4) {
            int count = Math.min(4, to - row);
            for (int i = 0; i < count; i++) {
                System.arraycopy(widen(rows.get(row + i)), 0, block, i * dimension, dimension);
            }
            for (int q = 0; q < queries.length; q++) {
                Kernels.dots(block, queries[q], dots);
                for (int f = 0; f < filters.size(); f++) {
                    offer(best[f][q], filters.get(f), row, count, dots);
                }
            }
        }
    }

    private static void offer(Nearest nearest, @Nullable BitSet filter, int row, int count, double[] dots) {
        for (int i = 0; i < count; i++) {
            if (dots[i] >= nearest.floor() && (filter == null || filter.get(row + i))) {
                nearest.offer(row + i, dots[i]);
            }
        }
    }

    private static double[] widen(float[] vector) {
        double[] wide = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            wide[i] = vector[i];
        }
        return wide;
    }

    /// Row as int32 and cosine as float64, little endian; row -1 where there are fewer than `k`.
    void write(Path file, int k) {
        ByteBuffer bytes = ByteBuffer.allocate(answers.size() * k * ENTRY).order(ByteOrder.LITTLE_ENDIAN);
        for (List<Match> answer : answers) {
            for (int i = 0; i < k; i++) {
                Match match = i < answer.size() ? answer.get(i) : new Match(-1, 0);
                bytes.putInt(match.row()).putDouble(match.cosine());
            }
        }
        try {
            Files.write(file, bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Truth read(Path file, int k) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            List<List<Match>> answers = new ArrayList<>();
            while (bytes.hasRemaining()) {
                List<Match> answer = new ArrayList<>();
                for (int i = 0; i < k; i++) {
                    Match match = new Match(bytes.getInt(), bytes.getDouble());
                    if (match.row() >= 0) {
                        answer.add(match);
                    }
                }
                answers.add(answer);
            }
            return new Truth(answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
