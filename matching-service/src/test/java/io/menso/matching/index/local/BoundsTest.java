package io.menso.matching.index.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.matching.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `deploy/docs/matching.md` claims of codes and probes, in numbers: errors are as small as the standard mode
/// counts on, and what the strict mode calls the most that a row can reach is never less than what it reaches.
@Tag("optimised")
class BoundsTest {

    private static final Kernel KERNEL = new ScalarKernel();
    private static final int K = 5;
    /// More than float32 changes in a sum, less than the slack of the probe.
    private static final double ROUNDING = 1e-5;

    /// The test of a level with its numbers taken apart again.
    ///
    /// @param typical root of the typical row's proxy, where the tangent touches
    private record Bound(Kernel.Test test, double floor, double between, double rounded, double rest, double typical) {

        static Bound of(Codec codec, Probe probe, float[] query, int level, double floor) {
            Layout layout = codec.layout();
            Kernel.Test test = probe.test(level, floor);
            double along = Math.max(0, floor);
            double across = Math.max(0, 1 + Codec.UNIT - along * along / (1 + Codec.UNIT)) / (layout.padded() - 1);
            if (level == 0) {
                double dither = new Tables(layout, codec.rotate(query), new SplittableRandom()).variance();
                return of(codec, level, test, floor, across, dither, 0);
            }
            double step = -test.slope() * (1 << layout.planes() - layout.planesThrough(level)) / 2;
            return of(codec, level, test, floor, across + step * step, 0, step * step * (1 + Codec.UNIT));
        }

        private static Bound of(
                Codec codec, int level, Kernel.Test test, double floor, double between, double rounded, double rest) {
            double typical = between * codec.typicalSpread(level) + rounded * codec.typicalInverse(level) + rest;
            return new Bound(test, floor, between, rounded, rest, Math.sqrt(typical));
        }

        /// Of a row's estimate: no less than its variance.
        double proxy(float inverse, float spread) {
            return between * spread + rounded * inverse * inverse + rest;
        }

        double margin(float inverse, float spread) {
            return test.spreadWeight() * spread + test.inverseWeight() * inverse * inverse + floor - test.limit();
        }

        /// How many standard deviations the margin spans at least.
        double sigma() {
            return 2 * typical * test.spreadWeight() / between;
        }

        /// What the margin holds beyond them.
        double slack() {
            return floor - test.limit() - sigma() / (2 * typical) * (rest + typical * typical);
        }
    }

    /// Counts errors in units of what they may be.
    private static final class Errors {

        private int count;
        private int beyondThree;
        private int beyondFour;
        private double sum;
        private double squares;

        void add(double error) {
            count++;
            sum += error;
            squares += error * error;
            beyondThree += Math.abs(error) > 3 ? 1 : 0;
            beyondFour += Math.abs(error) > 4 ? 1 : 0;
        }

        void requireSubGaussian(String what) {
            assertThat(sum / count).as("mean of %s", what).isBetween(-5 / Math.sqrt(count), 5 / Math.sqrt(count));
            assertThat(squares / count).as("variance of %s", what).isLessThan(1 + 5 * Math.sqrt(2.0 / count));
            assertThat((double) beyondThree / count).as("tail of %s", what).isLessThan(2 * Math.exp(-9 / 2.0));
            assertThat((double) beyondFour / count).as("far tail of %s", what).isLessThan(2 * Math.exp(-16 / 2.0));
        }
    }

    /// Rows and queries are always the same few; what is random are rotation and rounding, as the claim has it.
    @ParameterizedTest
    @ValueSource(ints = {64, 100, 192})
    void errorsOfEstimatesAreSubGaussianOverRotations(int dimension) {
        List<Errors> errors = List.of(new Errors(), new Errors(), new Errors());
        Random random = new Random(dimension);
        List<float[]> rows = new ArrayList<>();
        for (Shape shape : List.of(Shape.RANDOM, Shape.ONE_HOT, Shape.CONSTANT, Shape.SPARSE)) {
            rows.addAll(shape.rows(random, 3, dimension));
        }
        List<float[]> queries = Shape.CLUSTERS.queries(random, rows);
        for (int seed = 0; seed < 40; seed++) {
            Codec codec = new Codec(dimension, seed, KERNEL);
            for (float[] query : queries) {
                measure(codec, rows, query, random.nextLong(), errors);
            }
        }
        for (int level = 0; level < new Layout(dimension).levels(); level++) {
            errors.get(level).requireSubGaussian("level " + level + " of " + dimension);
        }
    }

    /// By symmetry random rows and queries under one rotation say the same as all rotations of one row and query.
    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256, 512})
    void errorsOfEstimatesAreSubGaussianOverRowsAndQueries(int dimension) {
        List<Errors> errors = List.of(new Errors(), new Errors(), new Errors());
        Random random = new Random(dimension);
        Codec codec = new Codec(dimension, 1, KERNEL);
        for (int round = 0; round < 60; round++) {
            float[] query = Vectors.random(random, dimension);
            List<float[]> rows = new ArrayList<>(Shape.RANDOM.rows(random, 20, dimension));
            for (int i = 0; i < 20; i++) {
                rows.add(Shape.moved(random, query, random.nextDouble() * 2));
            }
            measure(codec, rows, query, random.nextLong(), errors);
        }
        for (int level = 0; level < codec.layout().levels(); level++) {
            errors.get(level).requireSubGaussian("level " + level + " of " + dimension);
        }
    }

    private static void measure(Codec codec, List<float[]> rows, float[] query, long seed, List<Errors> errors) {
        Probe probe = new Probe(codec, Mode.STANDARD, query, K, new SplittableRandom(seed));
        for (float[] row : rows) {
            double truth = BruteForce.dot(row, query);
            Code code = codec.encode(row);
            for (int level = 0; level < codec.layout().levels(); level++) {
                Bound bound = Bound.of(codec, probe, query, level, truth);
                double estimate =
                        bound.test().estimate(code.inverse(level), Sums.of(codec.layout(), code, probe, level));
                double proxy = bound.proxy(code.inverse(level), code.spread(level));
                // A row that is its query has hardly any error but that of float32.
                if (proxy > ROUNDING * ROUNDING) {
                    errors.get(level).add((estimate - truth) / Math.sqrt(proxy));
                }
            }
        }
    }

    @Test
    void theTangentIsNowhereBelowTheRoot() {
        Random random = new Random(3);
        for (int dimension : new int[] {64, 128, 256, 512}) {
            Codec codec = new Codec(dimension, dimension, KERNEL);
            float[] query = Vectors.random(random, dimension);
            Probe probe = new Probe(codec, Mode.STANDARD, query, K, new SplittableRandom(1));
            for (int level = 0; level < codec.layout().levels(); level++) {
                for (double floor : new double[] {-2, 0, 0.3, 0.7, 0.99}) {
                    Bound bound = Bound.of(codec, probe, query, level, floor);
                    assertThat(bound.slack()).isGreaterThan(2 * Kernel.multiplicationError(dimension));
                    for (double size = 1e-4; size < 1e4; size *= 1.3) {
                        float spread = (float) (codec.typicalSpread(level) * size);
                        float inverse = (float) Math.sqrt(codec.typicalInverse(level) * size);
                        assertThat(bound.margin(inverse, spread))
                                .isGreaterThan(bound.sigma() * Math.sqrt(bound.proxy(inverse, spread)));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1000})
    void allLevelsTogetherRiskNoMoreThanIsSaid(int k) {
        for (int dimension : new int[] {64, 256, 512}) {
            Codec codec = new Codec(dimension, 5, KERNEL);
            float[] query = Vectors.random(new Random(5), dimension);
            Probe probe = new Probe(codec, Mode.STANDARD, query, k, new SplittableRandom(1));
            double risk = 0;
            for (int level = 0; level < codec.layout().levels(); level++) {
                double sigma = Bound.of(codec, probe, query, level, 0.3).sigma();
                risk += k * Math.exp(-sigma * sigma / 2);
            }
            assertThat(risk).isBetween(0.98 * Probe.RISK, 1.001 * Probe.RISK);
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void theStrictBoundIsNeverBelowTheTruth(Shape shape) {
        for (int dimension : new int[] {1, 64, 100, 128, 256}) {
            Random random = new Random(dimension);
            Codec codec = new Codec(dimension, dimension, KERNEL);
            List<float[]> rows = shape.rows(random, 60, dimension);
            requireStrict(codec, rows, shape.queries(random, rows));
            requireStrict(codec, rows, Shape.RANDOM.queries(random, rows));
        }
    }

    /// Nobody can choose such rows without the seed; strict bounds hold even then.
    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256})
    void theStrictBoundIsNeverBelowTheTruthWhenRowsAreMadeForTheRotation(int dimension) {
        Random random = new Random(dimension);
        long seed = 77;
        Codec codec = new Codec(dimension, seed, KERNEL);
        float[][] columns = columns(dimension, seed);
        List<float[]> rows = new ArrayList<>();
        for (Shape shape : List.of(Shape.CONSTANT, Shape.ONE_HOT, Shape.SPARSE, Shape.LENGTHS)) {
            for (float[] rotated : shape.rows(random, 10, dimension)) {
                rows.add(back(columns, rotated));
            }
        }
        List<float[]> queries = new ArrayList<>(rows);
        for (float[] row : rows.subList(0, 30)) {
            queries.addAll(worst(codec, columns, row));
        }
        requireStrict(codec, rows, queries);
    }

    /// Rows that all but lie on their codes and lean towards the probe, which rounds to itself: all that is left
    /// is what float32 does to the rotation.
    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256, 512})
    void theStrictBoundHoldsWhereNothingButFloat32IsBetweenRowAndCode(int dimension) {
        Random random = new Random(dimension);
        for (Kernel kernel : List.of(KERNEL, new VectorKernel())) {
            Codec codec = new Codec(dimension, 77, kernel);
            float[][] columns = columns(dimension, 77);
            for (int i = 0; i < 100; i++) {
                float[] code = Shape.CONSTANT.row(random, dimension, new float[0]);
                float[] probe = Shape.CONSTANT.row(random, dimension, new float[0]);
                double lean = Math.pow(10, -1 - i * 0.05);
                double[] row = new double[dimension];
                for (int j = 0; j < dimension; j++) {
                    row[j] = code[j] + lean * probe[j];
                }
                requireStrict(codec, List.of(back(columns, Vectors.unit(row))), List.of(back(columns, probe)));
            }
        }
    }

    private static void requireStrict(Codec codec, List<float[]> rows, List<float[]> queries) {
        Layout layout = codec.layout();
        List<Code> codes = rows.stream().map(codec::encode).toList();
        for (float[] query : queries) {
            Probe probe = new Probe(codec, Mode.STRICT, query, K, new SplittableRandom(1));
            for (int i = 0; i < rows.size(); i++) {
                double truth = BruteForce.dot(rows.get(i), query);
                Code code = codes.get(i);
                for (int level = 1; level < layout.levels(); level++) {
                    Kernel.Test test = probe.test(level, truth);
                    int sum = Sums.of(layout, code, probe, level);
                    assertThat(probe.bound(test, code.inverse(level), code.spread(level), sum))
                            .as("level %d of %d", level, layout.padded())
                            .isGreaterThanOrEqualTo(truth);
                }
            }
        }
    }

    /// Where a row's code points to, and the same as far beyond the row as the code is before it: there the bound
    /// is reached.
    private static List<float[]> worst(Codec codec, float[][] columns, float[] row) {
        Layout layout = codec.layout();
        Code code = codec.encode(row);
        List<float[]> worst = new ArrayList<>();
        for (int level = 1; level < layout.levels(); level++) {
            double[] rotated = new double[layout.padded()];
            for (int i = 0; i < rotated.length; i++) {
                rotated[i] = -((1 << layout.planesThrough(level)) - 1);
                for (int plane = 0; plane < layout.planesThrough(level); plane++) {
                    long word = code.words()[plane * layout.words() + i / Long.SIZE];
                    rotated[i] += (double) (word >>> i & 1) * (2 << layout.planesThrough(level) - 1 - plane);
                }
            }
            float[] pointed = back(columns, Vectors.unit(rotated));
            double[] beyond = new double[row.length];
            double along = 2 * BruteForce.dot(pointed, row);
            for (int i = 0; i < beyond.length; i++) {
                beyond[i] = along * row[i] - pointed[i];
            }
            worst.add(pointed);
            worst.add(Vectors.unit(beyond));
        }
        return worst;
    }

    /// What the rotation makes of each axis.
    private static float[][] columns(int dimension, long seed) {
        Rotation rotation = new Rotation(dimension, seed);
        float[][] columns = new float[dimension][];
        for (int axis = 0; axis < dimension; axis++) {
            float[] unit = new float[dimension];
            unit[axis] = 1;
            columns[axis] = rotation.apply(unit, KERNEL);
        }
        return columns;
    }

    /// The vector that the rotation turns into this one.
    private static float[] back(float[][] columns, float[] rotated) {
        float[] vector = new float[rotated.length];
        for (int axis = 0; axis < vector.length; axis++) {
            vector[axis] = (float) BruteForce.dot(columns[axis], rotated);
        }
        return vector;
    }
}
