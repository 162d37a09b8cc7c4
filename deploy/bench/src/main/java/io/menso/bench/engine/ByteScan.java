package io.menso.bench.engine;

import io.menso.bench.data.Nearest;
import io.menso.bench.data.Parallel;
import io.menso.bench.data.Vectors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.BitSet;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Every row in int8, a quarter of the memory: the fastest scan that leaves nothing out, with answers that are
/// nearly right.
///
/// Rows lie side by side in blocks, number by number, so that one vector works on many rows and nothing has to be
/// added up across it: 1.3 to 1.6 times as fast as row after row.
final class ByteScan implements Engine {

    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int LEVELS = 127;

    /// Rows of a block.
    private static final int BLOCK = SHORTS.length();

    private final Arena arena = Arena.ofShared();
    private final Parallel parallel;
    private MemorySegment blocks = MemorySegment.NULL;
    private float[] scales = new float[0];
    private int dimension;

    ByteScan(int threads) {
        this.parallel = new Parallel(threads);
    }

    @Override
    public String mode() {
        return "full scan";
    }

    @Override
    public boolean isExact() {
        return false;
    }

    @Override
    public void build(Vectors vectors) {
        dimension = vectors.dimension();
        scales = new float[vectors.count()];
        long rows = Math.ceilDiv(vectors.count(), BLOCK) * (long) BLOCK;
        blocks = OffHeap.allocate(arena, rows * dimension);
        parallel.split(vectors.count(), (from, to) -> {
            byte[] codes = new byte[dimension];
            for (int row = from; row < to; row++) {
                scales[row] = quantise(vectors.get(row), codes);
                write(row, codes);
            }
            return to;
        });
    }

    private void write(int row, byte[] codes) {
        long first = (long) (row / BLOCK) * BLOCK * dimension + row % BLOCK;
        for (int i = 0; i < dimension; i++) {
            blocks.set(ValueLayout.JAVA_BYTE, first + (long) i * BLOCK, codes[i]);
        }
    }

    @Override
    public Search searcher(int @Nullable [] filter) {
        BitSet candidates = filter == null ? null : bits(filter);
        return (query, k, threshold) -> {
            byte[] codes = new byte[dimension];
            float scale = quantise(query, codes);
            return Scans.search(
                    parallel,
                    scales.length,
                    k,
                    threshold,
                    (from, to) -> scan(codes, scale, k, threshold, candidates, from, to));
        };
    }

    private static BitSet bits(int[] rows) {
        BitSet bits = new BitSet();
        for (int row : rows) {
            bits.set(row);
        }
        return bits;
    }

    /// @param from first row of a block
    private Nearest scan(
            byte[] query, float scale, int k, double threshold, @Nullable BitSet candidates, int from, int to) {
        Nearest nearest = new Nearest(k);
        int[] dots = new int[BLOCK];
        double floor = threshold;
        for (int first = from; first < to; first += BLOCK) {
            int next = candidates == null ? first : candidates.nextSetBit(first);
            if (next < 0 || next >= to) {
                break;
            }
            first = next / BLOCK * BLOCK;
            dots((long) first * dimension, query, dots);
            for (int row = first; row < Math.min(to, first + BLOCK); row++) {
                float cosine = dots[row - first] * scale * scales[row];
                if (cosine >= floor && (candidates == null || candidates.get(row))) {
                    nearest.offer(row, cosine);
                    floor = Math.max(threshold, nearest.floor());
                }
            }
        }
        return nearest;
    }

    /// Two products of 127 by 127 fit 16 bits, so that widening to 32 bits is paid once for two of them.
    private void dots(long offset, byte[] query, int[] out) {
        IntVector low = IntVector.zero(INTS);
        IntVector high = low;
        for (int i = 0; i < query.length; i += 2) {
            long at = offset + (long) i * BLOCK;
            ShortVector pair = widened(at).mul(query[i]).add(widened(at + BLOCK).mul(query[i + 1]));
            low = low.add(pair.convertShape(VectorOperators.S2I, INTS, 0));
            high = high.add(pair.convertShape(VectorOperators.S2I, INTS, 1));
        }
        low.intoArray(out, 0);
        high.intoArray(out, INTS.length());
    }

    private ShortVector widened(long offset) {
        return (ShortVector)
                ByteVector.fromMemorySegment(BYTES, blocks, offset, ORDER).convertShape(VectorOperators.B2S, SHORTS, 0);
    }

    /// @return what one level is worth
    private static float quantise(float[] vector, byte[] codes) {
        float largest = Float.MIN_NORMAL;
        for (float value : vector) {
            largest = Math.max(largest, Math.abs(value));
        }
        float scale = largest / LEVELS;
        for (int i = 0; i < vector.length; i++) {
            codes[i] = (byte) Math.round(vector[i] / scale);
        }
        return scale;
    }

    @Override
    public void close() {
        parallel.close();
        arena.close();
    }
}
