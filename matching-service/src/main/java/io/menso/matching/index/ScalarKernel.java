package io.menso.matching.index;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Plain Java, for a JVM without the vector module or without its optimising compiler.
final class ScalarKernel implements Kernel {

    @Override
    public void dots(MemorySegment rows, int count, int stride, float[] query, float[] out) {
        for (int row = 0; row < count; row++) {
            out[row] = dot(rows, row, stride, query);
        }
    }

    @Override
    public float dot(MemorySegment rows, int row, int stride, float[] query) {
        long first = (long) row * stride;
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = 0; i < stride; i += 4) {
            a += rows.getAtIndex(ValueLayout.JAVA_FLOAT, first + i) * query[i];
            b += rows.getAtIndex(ValueLayout.JAVA_FLOAT, first + i + 1) * query[i + 1];
            c += rows.getAtIndex(ValueLayout.JAVA_FLOAT, first + i + 2) * query[i + 2];
            d += rows.getAtIndex(ValueLayout.JAVA_FLOAT, first + i + 3) * query[i + 3];
        }
        return a + b + (c + d);
    }
}
