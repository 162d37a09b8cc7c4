package io.menso.matching.index.local;

/// The code of one row: its bits plane by plane, and for each level two numbers.
final class Code {

    private final Layout layout;
    private final long[] words;
    private final float[] inverses;
    private final float[] spreads;

    Code(Layout layout) {
        this.layout = layout;
        this.words = new long[layout.rowWords()];
        this.inverses = new float[layout.levels()];
        this.spreads = new float[layout.levels()];
    }

    void set(int plane, int dimension) {
        words[plane * layout.words() + dimension / Long.SIZE] |= 1L << dimension;
    }

    void describe(int level, float inverse, float spread) {
        inverses[level] = inverse;
        spreads[level] = spread;
    }

    long[] words() {
        return words;
    }

    /// Byte of level 0.
    byte scanByte(int at) {
        return (byte) (words[at / Long.BYTES] >>> at % Long.BYTES * Byte.SIZE);
    }

    /// What turns the product of the code's and the query's whole numbers into an estimate.
    float inverse(int level) {
        return inverses[level];
    }

    /// Square of the spread.
    float spread(int level) {
        return spreads[level];
    }
}
