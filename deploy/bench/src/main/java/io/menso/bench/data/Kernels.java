package io.menso.bench.data;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Dot products by SIMD; dimensions are multiples of 64.
public final class Kernels {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private Kernels() {}

    /// In float32. Four independent sums hide the latency of the multiply-add.
    ///
    /// @param offset where the row starts, in bytes
    public static float dot(MemorySegment rows, long offset, float[] query) {
        int width = FLOATS.length();
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int i = 0; i < query.length; i += 4 * width) {
            a = multiplyAdd(rows, offset, query, i, a);
            b = multiplyAdd(rows, offset, query, i + width, b);
            c = multiplyAdd(rows, offset, query, i + 2 * width, c);
            d = multiplyAdd(rows, offset, query, i + 3 * width, d);
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }

    private static FloatVector multiplyAdd(MemorySegment rows, long offset, float[] query, int i, FloatVector sum) {
        return FloatVector.fromMemorySegment(FLOATS, rows, offset + (long) i * Float.BYTES, ORDER)
                .fma(FloatVector.fromArray(FLOATS, query, i), sum);
    }

    /// In float64: four rows with one query, so that each number of the query is loaded once for four.
    ///
    /// @param rows four rows of the query's length, one after the other
    /// @param out  their dot products
    static void dots(double[] rows, double[] query, double[] out) {
        int dimension = query.length;
        DoubleVector a = DoubleVector.zero(DOUBLES);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        for (int i = 0; i < dimension; i += DOUBLES.length()) {
            DoubleVector q = DoubleVector.fromArray(DOUBLES, query, i);
            a = DoubleVector.fromArray(DOUBLES, rows, i).fma(q, a);
            b = DoubleVector.fromArray(DOUBLES, rows, i + dimension).fma(q, b);
            c = DoubleVector.fromArray(DOUBLES, rows, i + 2 * dimension).fma(q, c);
            d = DoubleVector.fromArray(DOUBLES, rows, i + 3 * dimension).fma(q, d);
        }
        out[0] = a.reduceLanes(VectorOperators.ADD);
        out[1] = b.reduceLanes(VectorOperators.ADD);
        out[2] = c.reduceLanes(VectorOperators.ADD);
        out[3] = d.reduceLanes(VectorOperators.ADD);
    }

    /// In float64, number by number.
    public static double exactDot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
