package io.menso.matching.index.local;

import java.lang.foreign.MemorySegment;

/// The loops that decide how fast a search is. Sums are of whole numbers, so every implementation returns the same.
interface Kernel {

    /// Most numbers that a kernel takes at a time.
    int LANES = 16;

    /// Bits for each dimension of a probe beyond level 0.
    int PROBE_PLANES = 6;

    /// Entries of a table: one for each value of four bits.
    int ENTRIES = 16;

    /// Largest entry: eight of them fit into a byte.
    int LARGEST_ENTRY = 31;

    /// Sums for a run of rows at level 0: each four bits of a row's code choose an entry of their own table ("fast
    /// scan", Andre et al., VLDB 2015). Planes count double the ones after them.
    ///
    /// @param codes  holds the rows from its beginning
    /// @param from   first row, a multiple of 64
    /// @param count  rows, a multiple of 64
    /// @param tables 16 entries for each four bits, and at least 48 bytes more
    /// @param sums   receives one for each row, from index 0
    void scan(Layout layout, MemorySegment codes, int from, int count, byte[] tables, short[] sums);

    /// Adds, for some rows, the sum over all pairs of a row's and the probe's planes of 2^(weights of both) times the
    /// bits that differ.
    ///
    /// @param codes rows, one after another, from row 0, each with its header
    /// @param first row of the first sum
    /// @param rows  positions among the sums
    /// @param count of these positions
    /// @param from  first word, a multiple of 8
    /// @param to    last word, exclusive, a multiple of 8
    /// @param probe for each of its [#PROBE_PLANES] planes, most significant first, a row of words
    void differing(
            Layout layout,
            MemorySegment codes,
            int first,
            int[] rows,
            int count,
            int from,
            int to,
            long[] probe,
            int[] sums);

    /// Rows that may be good enough, see [Test].
    ///
    /// @param inverses float32 for each row, from its beginning
    /// @param spreads  float32 for each row, from its beginning
    /// @param from     row of the first sum
    /// @param count    a multiple of 64
    /// @param kept     receives the positions among the sums; [#LANES] longer than `count`
    /// @return how many were kept
    int keep(MemorySegment inverses, MemorySegment spreads, int from, int count, short[] sums, Test test, int[] kept);

    /// Product of a square matrix, row by row, with a vector.
    ///
    /// @param vector a multiple of 64 numbers
    void multiply(float[] matrix, float[] vector, float[] product);

    /// Largest length of the error of a product with a rotation and a vector of unit length.
    ///
    /// A sum of n products errs by at most n 2^-24 times the sum of their magnitudes (Higham, Accuracy and
    /// Stability of Numerical Algorithms, 3.1). Kernels add at most size / 16 + 7 numbers in a row, with vectors
    /// of 128 bits; the length of the magnitudes' sums is at most the root of the size, and the matrix itself is
    /// rounded once.
    static double multiplicationError(int size) {
        return (size / 16.0 + 8) * 0x1p-24 * Math.sqrt(size);
    }

    /// What a row must pass. Its estimate is `inverse * (base + slope * sum)`, its margin
    /// `spreadWeight * spread + inverseWeight * inverse^2`; both together must reach the limit.
    record Test(float base, float slope, float spreadWeight, float inverseWeight, float limit) {

        boolean passes(float inverse, float spread, int sum) {
            return most(inverse, spread, sum) >= limit;
        }

        float estimate(float inverse, int sum) {
            return inverse * (base + slope * sum);
        }

        /// Estimate and margin.
        float most(float inverse, float spread, int sum) {
            return inverse * (base + slope * sum + inverseWeight * inverse) + spreadWeight * spread;
        }
    }
}
