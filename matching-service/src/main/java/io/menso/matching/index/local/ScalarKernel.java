package io.menso.matching.index.local;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Plain Java, for a JVM without the vector module or without its optimising compiler.
final class ScalarKernel implements Kernel {

    @Override
    public void scan(Layout layout, MemorySegment codes, int from, int count, byte[] tables, short[] sums) {
        int planeBytes = layout.planeBytes();
        for (int row = 0; row < count; row++) {
            long offset = layout.scanOffset(from + row);
            int sum = 0;
            for (int at = 0; at < layout.scanBytes(); at++) {
                int bits = codes.get(ValueLayout.JAVA_BYTE, offset + (long) at * Layout.BLOCK);
                int table = 2 * at * ENTRIES;
                sum = at % planeBytes == 0 ? 2 * sum : sum;
                sum += tables[table + (bits & ENTRIES - 1)] + tables[table + ENTRIES + (bits >> 4 & ENTRIES - 1)];
            }
            sums[row] = (short) sum;
        }
    }

    @Override
    public void differing(
            Layout layout,
            MemorySegment codes,
            int first,
            int[] rows,
            int count,
            int from,
            int to,
            long[] probe,
            int[] sums) {
        for (int i = 0; i < count; i++) {
            long offset = (long) (first + rows[i]) * layout.rowBytes() + Layout.HEADER;
            sums[rows[i]] += differing(layout, codes, offset, from, to, probe);
        }
    }

    private static int differing(Layout layout, MemorySegment codes, long offset, int from, int to, long[] probe) {
        int sum = 0;
        for (int word = from; word < to; word++) {
            long bits = codes.get(ValueLayout.JAVA_LONG, offset + (long) word * Long.BYTES);
            int differing = 0;
            for (int plane = 0; plane < PROBE_PLANES; plane++) {
                differing = 2 * differing + Long.bitCount(bits ^ probe[plane * layout.rowWords() + word]);
            }
            sum += differing << layout.shifts()[word];
        }
        return sum;
    }

    @Override
    public int keep(
            MemorySegment inverses, MemorySegment spreads, int from, int count, short[] sums, Test test, int[] kept) {
        int size = 0;
        for (int row = 0; row < count; row++) {
            float inverse = inverses.getAtIndex(ValueLayout.JAVA_FLOAT, from + row);
            float spread = spreads.getAtIndex(ValueLayout.JAVA_FLOAT, from + row);
            if (test.passes(inverse, spread, sums[row])) {
                kept[size++] = row;
            }
        }
        return size;
    }

    @Override
    public void multiply(float[] matrix, float[] vector, float[] product) {
        int size = vector.length;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int j = 0; j < size; j++) {
                sum += (double) matrix[i * size + j] * vector[j];
            }
            product[i] = (float) sum;
        }
    }
}
