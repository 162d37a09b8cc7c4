package io.menso.matching.index.local;

import java.util.random.RandomGenerator;

/// What each four bits of a row's code at level 0 add to the inner product with a query, in whole steps.
///
/// Bits stand for +1 and -1. Each plane has tables of its own, so that the errors of rounding are independent.
final class Tables {

    private static final int BITS = 4;
    /// Kernels read whole vectors from the last table, too.
    private static final int PADDING = Layout.BLOCK - Kernel.ENTRIES;

    private final byte[] entries;
    private final double step;
    private final double base;
    private final double variance;

    Tables(Layout layout, float[] rotated, RandomGenerator random) {
        int groups = layout.padded() / BITS;
        int planes = layout.planesThrough(0);
        double[] most = new double[groups];
        double sum = 0;
        double largest = 0;
        for (int group = 0; group < groups; group++) {
            for (int i = 0; i < BITS; i++) {
                most[group] += Math.abs(rotated[group * BITS + i]);
            }
            sum += most[group];
            largest = Math.max(largest, most[group]);
        }
        this.step = 2 * largest / Kernel.LARGEST_ENTRY;
        this.entries = new byte[planes * groups * Kernel.ENTRIES + PADDING];
        int weights = 0;
        int squares = 0;
        for (int plane = 0; plane < planes; plane++) {
            for (int group = 0; group < groups; group++) {
                fill((plane * groups + group) * Kernel.ENTRIES, rotated, group * BITS, most[group], random);
            }
            weights += 1 << plane;
            squares += 1 << 2 * plane;
        }
        this.base = -weights * sum;
        // A number rounded at random within a step s is sub-Gaussian with variance s^2 / 4 (Hoeffding).
        this.variance = step * step / 4 * groups * squares;
    }

    byte[] entries() {
        return entries;
    }

    /// Inner product of one step.
    double step() {
        return step;
    }

    /// Inner product of a sum of 0.
    double base() {
        return base;
    }

    /// Of the sum's error, in the unit of inner products.
    double variance() {
        return variance;
    }

    private void fill(int at, float[] rotated, int first, double most, RandomGenerator random) {
        for (int bits = 0; bits < Kernel.ENTRIES; bits++) {
            double product = most;
            for (int i = 0; i < BITS; i++) {
                product += (bits >>> i & 1) != 0 ? rotated[first + i] : -rotated[first + i];
            }
            double position = Math.clamp(product / step, 0, Kernel.LARGEST_ENTRY);
            double lower = Math.floor(position);
            entries[at + bits] = (byte) (lower + (random.nextDouble() < position - lower ? 1 : 0));
        }
    }
}
