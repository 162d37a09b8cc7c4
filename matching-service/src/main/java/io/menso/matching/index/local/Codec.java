package io.menso.matching.index.local;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Turns vectors of one dimension into codes, and says how much a code may mislead.
///
/// With u the rotated row x, and c what the code's planes stand for, `<c, v> |x|^2 / <c, u>` is an unbiased
/// estimate of `<x, q>` for the rotated query v. Its error is `|q'| s T`: q' is the part of q orthogonal to x, s
/// (the spread) the tangent of the angle between c and u times |x|, and T one coordinate of a random point on the
/// unit sphere of one dimension less (RaBitQ, Gao and Long, SIGMOD 2024). `deploy/docs/matching.md` has the
/// proofs.
final class Codec {

    /// Vectors count as of unit length when their squared length is this close to 1.
    static final double UNIT = 1e-4;

    private static final int SAMPLES = 64;
    private static final VarHandle CELLS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Layout layout;
    private final Rotation rotation;
    private final Kernel kernel;
    /// What the rotation's error takes away from the squared spread of a row that lies on its code, at most.
    private final double rounding;
    private final double[] typicalSpread;
    private final double[] typicalInverse;

    Codec(int dimension, long seed, Kernel kernel) {
        this.layout = new Layout(dimension);
        this.rotation = new Rotation(layout.padded(), seed);
        this.kernel = kernel;
        this.rounding = 2.1 * Kernel.multiplicationError(layout.padded());
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

    /// Equal for codecs that rotate and lay out alike: of the layout, and of the rotation's first column, which
    /// all kernels compute to the last bit.
    long fingerprint() {
        float[] axis = new float[layout.padded()];
        axis[0] = 1;
        return (long) layout.fingerprint() << Integer.SIZE | Arrays.hashCode(rotate(axis)) & 0xffffffffL;
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
        byte[] cells = cells(rotated);
        Code code = new Code(layout);
        for (int at = 0; at < cells.length; at += Long.BYTES) {
            long eight = (long) CELLS.get(cells, at);
            for (int plane = 0; plane < layout.planes(); plane++) {
                code.set(plane, at, lowestBits(eight >>> (layout.planes() - 1 - plane)));
            }
        }
        for (int level = 0; level < layout.levels(); level++) {
            describe(code, level, cells, rotated, squares);
        }
        return code;
    }

    /// Which step of the code each number falls into.
    private byte[] cells(float[] rotated) {
        int steps = 1 << layout.planes();
        double scale = steps / (2 * layout.range());
        byte[] cells = new byte[rotated.length];
        for (int i = 0; i < rotated.length; i++) {
            cells[i] = (byte) Math.clamp((int) Math.floor(rotated[i] * scale) + steps / 2, 0, steps - 1);
        }
        return cells;
    }

    /// The lowest bit of each of eight bytes, side by side: the product moves them into the highest byte, where no
    /// two meet.
    private static long lowestBits(long bytes) {
        return (bytes & 0x0101010101010101L) * 0x0102040810204080L >>> (Long.SIZE - Byte.SIZE);
    }

    private void describe(Code code, int level, byte[] cells, float[] rotated, double squares) {
        int through = layout.planesThrough(level);
        int dropped = layout.planes() - through;
        int largest = (1 << through) - 1;
        double dot = 0;
        int length = 0;
        for (int i = 0; i < rotated.length; i++) {
            int value = 2 * ((cells[i] & 0xff) >>> dropped) - largest;
            dot += value * (double) rotated[i];
            length += value * value;
        }
        double inverse = squares / dot;
        double spread = Math.max(0, (length - dot * dot / squares) * inverse * inverse);
        spread += rounding * Math.pow(1 + spread, 1.5);
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
