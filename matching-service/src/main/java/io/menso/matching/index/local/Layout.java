package io.menso.matching.index.local;

import java.util.Arrays;
import java.util.Objects;

/// How the codes of rows with one number of dimensions lie in memory.
///
/// A code has [#planes] bits for each dimension of the rotated row, most significant first. All first bits together are
/// a plane. A search reads the code in steps: level 0, the first plane or planes, of all rows, 64 of them side by side;
/// each further level, which takes more planes into account, only of the rows that are left, row after row.
final class Layout {

    /// Rows that lie side by side at level 0.
    static final int BLOCK = 64;
    /// Bytes before the words of a row: a cache line.
    static final int HEADER = 64;
    /// Words that kernels may take at a time from a row: a cache line.
    static final int LINE = 8;

    /// Above it the sums of level 0 would not fit into 16 bits.
    private static final int LARGEST_DIMENSION = 4096;

    private static final int COARSE = 4;
    private static final int FINE = 8;
    private static final int HALF = 2;
    private static final double COARSE_RANGE = 2.4;
    private static final double FINE_RANGE = 3.0;

    private final int words;
    private final int planes;
    private final int[] planesThrough;
    private final long[] shifts;

    /// @param dimension numbers in a vector as callers know it
    Layout(int dimension) {
        if (dimension < 1 || dimension > LARGEST_DIMENSION) {
            throw new IllegalArgumentException("vectors must have 1 to " + LARGEST_DIMENSION + " numbers");
        }
        this.words = words(dimension);
        this.planes = words <= 2 ? FINE : COARSE;
        int scanned = Math.min(planes / 2, Math.max(1, LINE / words));
        this.planesThrough = scanned < HALF ? new int[] {scanned, HALF, planes} : new int[] {scanned, planes};
        this.shifts = new long[rowWords()];
        for (int word = 0; word < words * planes; word++) {
            shifts[word] = planes - 1L - word / words;
        }
    }

    private static int words(int dimension) {
        int words = (dimension + Long.SIZE - 1) / Long.SIZE;
        return words < LINE ? Integer.highestOneBit(2 * words - 1) : (words + LINE - 1) / LINE * LINE;
    }

    /// 64-bit words in a plane: 1, 2, 4 or a multiple of 8.
    int words() {
        return words;
    }

    /// Dimensions with the zeros that fill the last words.
    int padded() {
        return words * Long.SIZE;
    }

    /// Bits for each dimension.
    int planes() {
        return planes;
    }

    int levels() {
        return planesThrough.length;
    }

    /// Planes that a level takes into account.
    int planesThrough(int level) {
        return planesThrough[level];
    }

    /// Bytes of a plane.
    int planeBytes() {
        return words * Long.BYTES;
    }

    /// Bytes of a row at level 0.
    int scanBytes() {
        return planesThrough[0] * planeBytes();
    }

    /// Where the first byte of a row lies at level 0; the next ones follow 64 bytes apart. The order of rows in a block
    /// is such that sums of 16 bits, which take the place of two neighbours each, come out in the order of rows.
    long scanOffset(int row) {
        int within = row % BLOCK;
        int lane = within < BLOCK / 2 ? 2 * within : 2 * within - BLOCK + 1;
        return (long) (row - within) * scanBytes() + lane;
    }

    /// Words of all planes of a row.
    int rowWords() {
        return words * planes;
    }

    /// Bytes of a row with its header.
    int rowBytes() {
        return HEADER + rowWords() * Long.BYTES;
    }

    /// Words of a row that a level has to read, from the row's beginning; none at level 0, which has its own.
    int wordsThrough(int level) {
        return level == 0 ? 0 : words * planesThrough[level];
    }

    /// Equal for layouts that read codes alike.
    int fingerprint() {
        return Objects.hash(words, planes, Arrays.hashCode(planesThrough), range());
    }

    /// By how many bits each word of a row weighs more than the last plane.
    long[] shifts() {
        return shifts;
    }

    /// Largest magnitude that codes tell apart, in the units of a unit vector, whose rotated numbers spread by
    /// 1 / sqrt(dimensions).
    double range() {
        return (planes == FINE ? FINE_RANGE : COARSE_RANGE) / Math.sqrt(padded());
    }
}
