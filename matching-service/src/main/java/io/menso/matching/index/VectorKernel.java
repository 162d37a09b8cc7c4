package io.menso.matching.index;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// SIMD by the Vector API. Loaded only where `jdk.incubator.vector` is present, see [Kernels].
final class VectorKernel implements Kernel {

    private static final VectorSpecies<Float> SPECIES =
            FloatVector.SPECIES_PREFERRED.length() > LANES ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    @Override
    public void dots(MemorySegment rows, int count, int stride, float[] query, float[] out) {
        for (int row = 0; row < count; row++) {
            out[row] = dot(rows, row, stride, query);
        }
    }

    /// Four independent sums hide the latency of the multiply-add.
    @Override
    public float dot(MemorySegment rows, int row, int stride, float[] query) {
        long first = (long) row * stride * Float.BYTES;
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int i = 0;
        for (; i <= stride - 4 * WIDTH; i += 4 * WIDTH) {
            a = add(rows, first, query, i, a);
            b = add(rows, first, query, i + WIDTH, b);
            c = add(rows, first, query, i + 2 * WIDTH, c);
            d = add(rows, first, query, i + 3 * WIDTH, d);
        }
        for (; i < stride; i += WIDTH) {
            a = add(rows, first, query, i, a);
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }

    private static FloatVector add(MemorySegment rows, long first, float[] query, int i, FloatVector sum) {
        return FloatVector.fromMemorySegment(SPECIES, rows, first + (long) i * Float.BYTES, ORDER)
                .fma(FloatVector.fromArray(SPECIES, query, i), sum);
    }
}
