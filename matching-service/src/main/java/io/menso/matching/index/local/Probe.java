package io.menso.matching.index.local;

import java.util.random.RandomGenerator;

/// A query made ready for codes: rotated, rounded, and with the bounds that a row must pass.
///
/// In standard mode everything is rounded up or down at random, so that the errors of rounding are independent, have
/// mean 0 and concentrate as well.
final class Probe {

    /// Probability that a search misses a row it should return; nearly all of it is spent on level 0.
    static final double RISK = 1e-9;

    private static final double LATER_RISK = 0.01;
    /// More than the errors of float32 in factors and tests, see `deploy/docs/matching.md`.
    private static final double SLACK = 1e-4;
    private static final int PLANES = Kernel.PROBE_PLANES;
    private static final int LARGEST = (1 << PLANES) - 1;

    private final float[] vector;
    private final Codec codec;
    private final Layout layout;
    private final Mode mode;
    private final Tables tables;
    private final long[] bits;
    private final double step;
    private final double rounding;
    private final double[] sigmas;
    private final double slack;

    /// @param vector unit length
    /// @param k      rows wanted: the risk is shared among them
    Probe(Codec codec, Mode mode, float[] vector, int k, RandomGenerator random) {
        this.vector = vector;
        this.codec = codec;
        this.layout = codec.layout();
        this.mode = mode;
        float[] rotated = codec.rotate(vector);
        this.tables = new Tables(layout, rotated, random);
        this.step = largest(rotated) / LARGEST;
        this.bits = new long[PLANES * layout.rowWords()];
        this.rounding = mode == Mode.STRICT ? roundToNearest(rotated) : roundAtRandom(rotated, random);
        this.sigmas = sigmas(k);
        this.slack = SLACK + 2.5 * Kernel.multiplicationError(layout.padded());
    }

    float[] vector() {
        return vector;
    }

    Mode mode() {
        return mode;
    }

    /// For level 0, see [Kernel#scan].
    byte[] tables() {
        return tables.entries();
    }

    /// For the other levels, see [Kernel#differing].
    long[] bits() {
        return bits;
    }

    /// What rows must pass at a level so that none is lost that may reach `floor`.
    Kernel.Test test(int level, double floor) {
        double base;
        double slope;
        if (level == 0) {
            base = tables.base();
            slope = tables.step();
        } else {
            int sum = ((1 << layout.planesThrough(level)) - 1) * LARGEST;
            base = step * sum * layout.padded();
            slope = -2 * step / (1 << layout.planes() - layout.planesThrough(level));
        }
        return mode == Mode.STRICT
                ? new Kernel.Test((float) base, (float) slope, 0, 0, (float) floor)
                : standard(level, floor, (float) base, (float) slope);
    }

    /// The margin is sigma sqrt(between spread + rounded inverse^2 + rest): the tangent at the typical row bounds this
    /// root from above, so that tests need no roots.
    private Kernel.Test standard(int level, double floor, float base, float slope) {
        double between = perpendicular(floor) / (layout.padded() - 1);
        double rounded = 0;
        double rest = 0;
        if (level == 0) {
            rounded = tables.variance();
        } else {
            between += step * step;
            rest = step * step * (1 + Codec.UNIT);
        }
        double typical = Math.sqrt(between * codec.typicalSpread(level) + rounded * codec.typicalInverse(level) + rest);
        double half = sigmas[level] / (2 * typical);
        double constant = half * (rest + typical * typical) + slack;
        return new Kernel.Test(
                base, slope, (float) (half * between), (float) (half * rounded), (float) (floor - constant));
    }

    /// Largest inner product that a row can have by the triangle inequality on the sphere: the angle between row and
    /// query is at least the difference of their angles to the code. For levels beyond 0.
    ///
    /// @param inverse of the row's code
    /// @param spread  of the row's code
    double bound(Kernel.Test test, float inverse, float spread, int sum) {
        double near = 1 / Math.sqrt(1 + spread);
        double along = test.estimate(inverse, sum) * near + rounding;
        if (along >= near) {
            return 1 + 2 * Codec.UNIT;
        }
        double across = Math.sqrt(Math.max(0, 1 - along * along));
        return (1 + 2 * Codec.UNIT) * Math.max(0, along * near + Math.sqrt(1 - near * near) * across) + slack;
    }

    /// Square of the largest part of the query that is orthogonal to a row with an inner product of at least `floor`.
    private static double perpendicular(double floor) {
        double along = Math.max(0, floor);
        return Math.max(0, 1 + Codec.UNIT - along * along / (1 + Codec.UNIT));
    }

    /// Sub-Gaussian sums pass z standard deviations with a probability of at most exp(-z^2 / 2).
    private double[] sigmas(int k) {
        int levels = layout.levels();
        double[] sigmas = new double[levels];
        for (int level = 0; level < levels; level++) {
            double share = level == 0 ? 1 - LATER_RISK * (levels - 1) : LATER_RISK;
            sigmas[level] = Math.sqrt(2 * Math.log(k / (RISK * share)));
        }
        return sigmas;
    }

    private static float largest(float[] numbers) {
        float largest = 0;
        for (float number : numbers) {
            largest = Math.max(largest, Math.abs(number));
        }
        return largest;
    }

    /// @return bound of the error in any direction
    private double roundToNearest(float[] rotated) {
        double squares = 0;
        for (int i = 0; i < rotated.length; i++) {
            double error = rotated[i] - write(i, (int) Math.round(position(rotated[i])));
            squares += error * error;
        }
        return Math.sqrt(squares);
    }

    private double roundAtRandom(float[] rotated, RandomGenerator random) {
        for (int i = 0; i < rotated.length; i++) {
            double position = position(rotated[i]);
            double lower = Math.floor(position);
            write(i, (int) lower + (random.nextDouble() < position - lower ? 1 : 0));
        }
        return 0;
    }

    /// From 0 to the largest number that the planes can hold.
    private double position(float number) {
        return Math.clamp((number / step + LARGEST) / 2, 0, LARGEST);
    }

    /// Each plane of the query once for each plane of a row.
    private double write(int dimension, int position) {
        for (int plane = 0; plane < PLANES; plane++) {
            if ((position >>> (PLANES - 1 - plane) & 1) != 0) {
                int first = plane * layout.rowWords() + dimension / Long.SIZE;
                for (int copy = 0; copy < layout.planes(); copy++) {
                    bits[first + copy * layout.words()] |= 1L << dimension;
                }
            }
        }
        return step * (2 * position - LARGEST);
    }
}
