package io.menso.matching.index.local;

import java.util.SplittableRandom;

/// Turns vectors of one dimension into codes, and says how much a code may mislead.
///
/// With u the rotated row x, and c what the code's planes stand for, `<c, v> |x|^2 / <c, u>` is an unbiased estimate of
/// `<x, q>` for the rotated query v. Its error is `|q'| s T`: q' is the part of q orthogonal to x, s (the spread) the
/// tangent of the angle between c and u times |x|, and T one coordinate of a random point on the unit sphere of one
/// dimension less (RaBitQ, Gao and Long, SIGMOD 2024). `deploy/docs/matching.md` has the proofs.
final class Codec {

    /// Vectors count as of unit length when their squared length is this close to 1.
    static final double UNIT = 1e-4;

    private static final int SAMPLES = 64;

    private final Layout layout;
    private final Rotation rotation;
    private final Kernel kernel;
    private final double[] typicalSpread;
    private final double[] typicalInverse;

    Codec(int dimension, long seed, Kernel kernel) {
        this.layout = new Layout(dimension);
        this.rotation = new Rotation(layout.padded(), seed);
        this.kernel = kernel;
        this.typicalSpread = new double[layout.levels()];
        this.typicalInverse = new double[layout.levels()];
        sample(new SplittableRandom(seed));
    }

    Layout layout() {
        return layout;
    }

    Kernel kernel() {
        return kernel;
    }

    /// Mean squared spread at a level.
    double typicalSpread(int level) {
        return typicalSpread[level];
    }

    /// Mean squared inverse at a level.
    double typicalInverse(int level) {
        return typicalInverse[level];
    }

    float[] rotate(float[] vector) {
        return rotation.apply(vector, kernel);
    }

    /// @throws IllegalArgumentException when a number is not finite or the length is not 1
    static void requireUnit(float[] vector) {
        double squares = squares(vector);
        if (!(Math.abs(squares - 1) <= UNIT)) {
            throw new IllegalArgumentException("vectors must be finite and of unit length");
        }
    }

    Code encode(float[] vector) {
        return encode(rotate(vector), squares(vector));
    }

    private Code encode(float[] rotated, double squares) {
        Code code = new Code(layout);
        int planes = layout.planes();
        int steps = 1 << planes;
        double scale = steps / (2 * layout.range());
        int[] cells = new int[rotated.length];
        for (int i = 0; i < rotated.length; i++) {
            int cell = (int) Math.floor(rotated[i] * scale) + steps / 2;
            cells[i] = Math.clamp(cell, 0, steps - 1);
            for (int plane = 0; plane < planes; plane++) {
                if ((cells[i] >>> (planes - 1 - plane) & 1) != 0) {
                    code.set(plane, i);
                }
            }
        }
        for (int level = 0; level < layout.levels(); level++) {
            describe(code, level, cells, rotated, squares);
        }
        return code;
    }

    private void describe(Code code, int level, int[] cells, float[] rotated, double squares) {
        int through = layout.planesThrough(level);
        int dropped = layout.planes() - through;
        int largest = (1 << through) - 1;
        double dot = 0;
        long length = 0;
        for (int i = 0; i < rotated.length; i++) {
            int value = 2 * (cells[i] >>> dropped) - largest;
            dot += value * (double) rotated[i];
            length += (long) value * value;
        }
        double inverse = squares / dot;
        double spread = Math.max(0, (length - dot * dot / squares) * inverse * inverse);
        // Upwards, so that rounding to float32 never narrows a bound.
        code.describe(level, (float) inverse, Math.nextUp((float) spread));
    }

    private void sample(SplittableRandom random) {
        for (int sample = 0; sample < SAMPLES; sample++) {
            float[] direction = new float[layout.padded()];
            for (int i = 0; i < direction.length; i++) {
                direction[i] = (float) random.nextGaussian();
            }
            double length = Math.sqrt(squares(direction));
            for (int i = 0; i < direction.length; i++) {
                direction[i] /= (float) length;
            }
            Code code = encode(direction, 1);
            for (int level = 0; level < layout.levels(); level++) {
                typicalSpread[level] += code.spread(level) / SAMPLES;
                typicalInverse[level] += code.inverse(level) * code.inverse(level) / SAMPLES;
            }
        }
    }

    private static double squares(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        return squares;
    }
}
