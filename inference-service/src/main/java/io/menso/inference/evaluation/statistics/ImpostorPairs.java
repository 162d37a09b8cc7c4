package io.menso.inference.evaluation.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Cosines of all pairs of pictures of different persons.
///
/// A tile of vectors is turned on its side, so that one number of a vector meets the same number of all the tile's in a
/// loop that the compiler makes wide: 45 million pairs of 128 numbers take half a second of one core.
final class ImpostorPairs {

    private static final int TILE = 512;
    private static final int UNROLL = 4;

    private ImpostorPairs() {}

    /// Counts every pair.
    ///
    /// @param threads at least 1
    static CosineHistogram histogram(Templates templates, int threads) {
        int tiles = Math.ceilDiv(templates.size(), TILE);
        int workers = Math.max(1, Math.min(threads, tiles));
        CosineHistogram total = new CosineHistogram();
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            List<Future<CosineHistogram>> parts = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                int first = worker;
                parts.add(pool.submit(() -> tiles(templates, first, workers, tiles)));
            }
            for (Future<CosineHistogram> part : parts) {
                total.addAll(part.get());
            }
            return total;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static CosineHistogram tiles(Templates templates, int first, int step, int tiles) {
        CosineHistogram histogram = new CosineHistogram();
        for (int tile = first; tile < tiles; tile += step) {
            int start = tile * TILE;
            new Tile(templates, start, Math.min(start + TILE, templates.size())).count(histogram);
        }
        return histogram;
    }

    /// The vectors from `start` to before `end`, number by number.
    private static final class Tile {

        private final Templates templates;
        private final int start;
        private final int width;
        private final float[][] numbers;
        private final float[] cosines;

        private Tile(Templates templates, int start, int end) {
            this.templates = templates;
            this.start = start;
            this.width = end - start;
            int rows = Math.ceilDiv(templates.dimension(), UNROLL) * UNROLL;
            this.numbers = new float[rows][width];
            this.cosines = new float[width];
            for (int column = 0; column < width; column++) {
                float[] vector = templates.vector(start + column);
                for (int d = 0; d < vector.length; d++) {
                    numbers[d][column] = vector[d];
                }
            }
        }

        /// Meets every earlier vector, and every vector of the tile those before it.
        private void count(CosineHistogram histogram) {
            for (int row = 0; row < start + width; row++) {
                int from = Math.max(0, templates.end(row) - start);
                if (from < width) {
                    multiply(templates.vector(row));
                    for (int column = from; column < width; column++) {
                        histogram.add(cosines[column]);
                    }
                }
            }
        }

        private void multiply(float[] vector) {
            Arrays.fill(cosines, 0);
            float[] padded = vector.length == numbers.length ? vector : Arrays.copyOf(vector, numbers.length);
            for (int d = 0; d < numbers.length; d += UNROLL) {
                addFour(
                        cosines,
                        padded[d],
                        numbers[d],
                        padded[d + 1],
                        numbers[d + 1],
                        padded[d + 2],
                        numbers[d + 2],
                        padded[d + 3],
                        numbers[d + 3]);
            }
        }

        private static void addFour(
                float[] sums, float a, float[] as, float b, float[] bs, float c, float[] cs, float d, float[] ds) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += a * as[i] + b * bs[i] + c * cs[i] + d * ds[i];
            }
        }
    }

    /// Cosines of pairs drawn at random without repetition, in random order; all of them when there are no more.
    static float[] draw(Templates templates, int wanted, SplittableRandom random) {
        long available = templates.impostorPairs();
        return 2L * wanted >= available ? shuffledAll(templates, wanted, random) : drawn(templates, wanted, random);
    }

    private static float[] shuffledAll(Templates templates, int wanted, SplittableRandom random) {
        float[] all = new float[Math.toIntExact(templates.impostorPairs())];
        int next = 0;
        for (int i = 0; i < templates.size(); i++) {
            for (int j = templates.end(i); j < templates.size(); j++) {
                all[next++] = templates.cosine(i, j);
            }
        }
        Folds.shuffle(all, random);
        return wanted < all.length ? Arrays.copyOf(all, wanted) : all;
    }

    private static float[] drawn(Templates templates, int wanted, SplittableRandom random) {
        int size = templates.size();
        long[] pairs = new long[0];
        while (pairs.length < wanted) {
            long[] known = pairs;
            IntStream missing = IntStream.range(0, wanted - known.length);
            pairs = LongStream.concat(Arrays.stream(known), missing.mapToLong(_ -> pair(templates, size, random)))
                    .sorted()
                    .distinct()
                    .toArray();
        }
        float[] cosines = new float[wanted];
        for (int i = 0; i < wanted; i++) {
            cosines[i] = templates.cosine((int) (pairs[i] / size), (int) (pairs[i] % size));
        }
        Folds.shuffle(cosines, random);
        return cosines;
    }

    private static long pair(Templates templates, int size, SplittableRandom random) {
        while (true) {
            int left = random.nextInt(size);
            int right = random.nextInt(size);
            if (left < right && !templates.same(left, right)) {
                return (long) left * size + right;
            }
        }
    }
}
