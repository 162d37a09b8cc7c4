package io.menso.matching.index;

import java.lang.foreign.MemorySegment;

/// Dot products in float32. Rows and query are padded with zeros to a multiple of [#LANES] numbers.
interface Kernel {

    /// Numbers that every kernel may take at a time.
    int LANES = 16;

    /// Dot product of each of the first `count` rows.
    ///
    /// @param stride numbers in a padded row
    void dots(MemorySegment rows, int count, int stride, float[] query, float[] out);

    /// Dot product of the row at index `row`.
    float dot(MemorySegment rows, int row, int stride, float[] query);

    /// Largest difference between these dot products and exact ones, for vectors of unit length.
    ///
    /// Summation of n products in any order errs by at most n u / (1 - n u) times the sum of the magnitudes
    /// (Higham, Accuracy and Stability of Numerical Algorithms, 3.1), which is at most 1 here; u is 2^-24.
    static double error(int stride) {
        double nu = (stride + 1) * 0x1p-24;
        return 1.01 * nu / (1 - nu);
    }

    static int stride(int dimension) {
        return (dimension + LANES - 1) / LANES * LANES;
    }
}
