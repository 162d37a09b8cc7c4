package io.menso.matching.index.local;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// SIMD by the Vector API: 512 bits at a time where the machine has them, else what it has. Loaded only where
/// `jdk.incubator.vector` is present, see [Kernels].
final class VectorKernel implements Kernel {

    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED.length() > Layout.BLOCK
            ? ByteVector.SPECIES_512
            : ByteVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS = VectorSpecies.of(short.class, BYTES.vectorShape());
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, BYTES.vectorShape());
    private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, BYTES.vectorShape());
    private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, BYTES.vectorShape());
    private static final IntVector COUNTING = IntVector.zero(INTS).addIndex(1);
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final byte LOW_BITS = ENTRIES - 1;
    private static final short LOW_BYTE = 0xff;
    /// Makes a sum count, so that the compiler keeps the loads that it is made of.
    private static final long UNLIKELY = 0x9e3779b97f4a7c15L;
    /// Bytes of a code whose entries, two each, are summed in bytes.
    private static final int GROUP = 4;

    @Override
    public void scan(Layout layout, MemorySegment codes, int from, int count, byte[] tables, short[] sums) {
        for (int row = 0; row < count; row += Layout.BLOCK) {
            long block = (long) (from + row) * layout.scanBytes();
            for (int lane = 0; lane < Layout.BLOCK; lane += BYTES.length()) {
                scanBlock(layout, codes, block + lane, tables, sums, row + lane / 2);
            }
        }
    }

    private static void scanBlock(
            Layout layout, MemorySegment codes, long offset, byte[] tables, short[] sums, int row) {
        ShortVector even = ShortVector.zero(SHORTS);
        ShortVector odd = even;
        int planeBytes = layout.planeBytes();
        for (int plane = 0; plane < layout.scanBytes(); plane += planeBytes) {
            even = even.add(even);
            odd = odd.add(odd);
            for (int at = plane; at < plane + planeBytes; at += GROUP) {
                ShortVector group = group(codes, offset, at, tables).reinterpretAsShorts();
                even = even.add(group.and(LOW_BYTE));
                odd = odd.add(group.lanewise(VectorOperators.LSHR, Byte.SIZE));
            }
        }
        even.intoArray(sums, row);
        odd.intoArray(sums, row + Layout.BLOCK / 2);
    }

    private static ByteVector group(MemorySegment codes, long offset, int at, byte[] tables) {
        return entries(codes, offset, at, tables)
                .add(entries(codes, offset, at + 1, tables))
                .add(entries(codes, offset, at + 2, tables).add(entries(codes, offset, at + 3, tables)));
    }

    /// The entries that the two halves of a byte choose. The order of bytes does not matter in the shift: what it
    /// moves in from a neighbour is masked.
    private static ByteVector entries(MemorySegment codes, long offset, int at, byte[] tables) {
        ByteVector bits = ByteVector.fromMemorySegment(BYTES, codes, offset + (long) at * Layout.BLOCK, ORDER);
        int table = 2 * at * ENTRIES;
        ByteVector low = bits.and(LOW_BITS).selectFrom(ByteVector.fromArray(BYTES, tables, table));
        ByteVector high = bits.reinterpretAsShorts()
                .lanewise(VectorOperators.LSHR, 4)
                .reinterpretAsBytes()
                .and(LOW_BITS)
                .selectFrom(ByteVector.fromArray(BYTES, tables, table + ENTRIES));
        return low.add(high);
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
        touch(layout, codes, first, rows, count, from, to);
        for (int word = from; word < to; word += LONGS.length()) {
            long offset = (long) first * layout.rowBytes() + Layout.HEADER + (long) word * Long.BYTES;
            addDiffering(layout, codes, offset, rows, count, word, probe, sums);
        }
    }

    /// Brings headers and words of rows into the cache. These loads wait for nothing, so many are under way at a time;
    /// in the loops that compute with them few would be.
    private static void touch(Layout layout, MemorySegment codes, int first, int[] rows, int count, int from, int to) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            long row = (long) (first + rows[i]) * layout.rowBytes();
            sum += codes.get(ValueLayout.JAVA_LONG, row);
            for (int word = from; word < to; word += Layout.LINE) {
                sum += codes.get(ValueLayout.JAVA_LONG, row + Layout.HEADER + (long) word * Long.BYTES);
            }
        }
        if (sum == UNLIKELY) {
            Thread.onSpinWait();
        }
    }

    /// One vector of each row; the probe's stay in registers.
    private static void addDiffering(
            Layout layout,
            MemorySegment codes,
            long offset,
            int[] rows,
            int count,
            int word,
            long[] probe,
            int[] sums) {
        int rowWords = layout.rowWords();
        int rowBytes = layout.rowBytes();
        LongVector shifts = LongVector.fromArray(LONGS, layout.shifts(), word);
        LongVector a = LongVector.fromArray(LONGS, probe, word);
        LongVector b = LongVector.fromArray(LONGS, probe, rowWords + word);
        LongVector c = LongVector.fromArray(LONGS, probe, 2 * rowWords + word);
        LongVector d = LongVector.fromArray(LONGS, probe, 3 * rowWords + word);
        LongVector e = LongVector.fromArray(LONGS, probe, 4 * rowWords + word);
        LongVector f = LongVector.fromArray(LONGS, probe, 5 * rowWords + word);
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            LongVector bits = LongVector.fromMemorySegment(LONGS, codes, offset + (long) row * rowBytes, ORDER);
            LongVector sum = bitsThatDiffer(bits, a);
            sum = sum.add(sum).add(bitsThatDiffer(bits, b));
            sum = sum.add(sum).add(bitsThatDiffer(bits, c));
            sum = sum.add(sum).add(bitsThatDiffer(bits, d));
            sum = sum.add(sum).add(bitsThatDiffer(bits, e));
            sum = sum.add(sum).add(bitsThatDiffer(bits, f));
            sums[row] += (int) sum.lanewise(VectorOperators.LSHL, shifts).reduceLanes(VectorOperators.ADD);
        }
    }

    private static LongVector bitsThatDiffer(LongVector bits, LongVector probe) {
        return bits.lanewise(VectorOperators.XOR, probe).lanewise(VectorOperators.BIT_COUNT);
    }

    @Override
    public int keep(
            MemorySegment inverses, MemorySegment spreads, int from, int count, short[] sums, Test test, int[] kept) {
        int size = 0;
        for (int row = 0; row < count; row += SHORTS.length()) {
            ShortVector both = ShortVector.fromArray(SHORTS, sums, row);
            for (int part = 0; part < 2; part++) {
                int first = row + part * FLOATS.length();
                FloatVector sum = (FloatVector) both.convert(VectorOperators.S2F, part);
                VectorMask<Float> passes = passes(inverses, spreads, from + first, sum, test);
                COUNTING.add(first).compress(passes.cast(INTS)).intoArray(kept, size);
                size += passes.trueCount();
            }
        }
        return size;
    }

    private static VectorMask<Float> passes(
            MemorySegment inverses, MemorySegment spreads, int row, FloatVector sum, Test test) {
        long offset = (long) row * Float.BYTES;
        FloatVector inverse = FloatVector.fromMemorySegment(FLOATS, inverses, offset, ORDER);
        FloatVector spread = FloatVector.fromMemorySegment(FLOATS, spreads, offset, ORDER);
        return sum.mul(test.slope())
                .add(test.base())
                .add(inverse.mul(test.inverseWeight()))
                .mul(inverse)
                .add(spread.mul(test.spreadWeight()))
                .compare(VectorOperators.GE, test.limit());
    }

    /// Four independent sums hide the latency of the multiply-add.
    @Override
    public void multiply(float[] matrix, float[] vector, float[] product) {
        int size = vector.length;
        int step = FLOATS.length();
        for (int i = 0; i < size; i++) {
            int row = i * size;
            FloatVector a = FloatVector.zero(FLOATS);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int j = 0; j < size; j += 4 * step) {
                a = product(matrix, row, vector, j, a);
                b = product(matrix, row, vector, j + step, b);
                c = product(matrix, row, vector, j + 2 * step, c);
                d = product(matrix, row, vector, j + 3 * step, d);
            }
            product[i] = a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
        }
    }

    private static FloatVector product(float[] matrix, int row, float[] vector, int j, FloatVector sum) {
        return FloatVector.fromArray(FLOATS, matrix, row + j).fma(FloatVector.fromArray(FLOATS, vector, j), sum);
    }
}
