package io.menso.matching.index.local;

import java.nio.ByteBuffer;

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

    static int bytes(Layout layout) {
        return layout.levels() * 2 * Float.BYTES + layout.rowWords() * Long.BYTES;
    }

    static Code read(Layout layout, ByteBuffer buffer) {
        Code code = new Code(layout);
        for (int level = 0; level < layout.levels(); level++) {
            code.describe(level, buffer.getFloat(), buffer.getFloat());
        }
        buffer.asLongBuffer().get(code.words);
        return code;
    }

    void write(ByteBuffer buffer) {
        for (int level = 0; level < layout.levels(); level++) {
            buffer.putFloat(inverse(level)).putFloat(spread(level));
        }
        buffer.asLongBuffer().put(words);
    }

    /// Sets the bits of eight dimensions, which are 0 so far.
    ///
    /// @param at   first of them, a multiple of 8
    /// @param bits the first one's lowest
    void set(int plane, int at, long bits) {
        words[plane * layout.words() + at / Long.SIZE] |= bits << at;
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
