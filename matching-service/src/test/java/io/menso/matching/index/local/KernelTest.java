package io.menso.matching.index.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.matching.Vectors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// All kernels make the same sums as the formulas say, for every layout, up to the largest sums there can be.
@Tag("optimised")
class KernelTest {

    private static final int ROWS = 4 * Layout.BLOCK;
    private static final List<Kernel> KERNELS = List.of(new ScalarKernel(), new VectorKernel());

    /// Rows in memory as a chunk holds them.
    private record Rows(Layout layout, List<Code> codes, MemorySegment scanned, MemorySegment rows) {

        static Rows of(Layout layout, List<Code> codes) {
            MemorySegment scanned = Arena.ofAuto().allocate((long) ROWS * layout.scanBytes(), Long.SIZE);
            MemorySegment rows = Arena.ofAuto().allocate((long) ROWS * layout.rowBytes(), Long.SIZE);
            for (int row = 0; row < ROWS; row++) {
                for (int at = 0; at < layout.scanBytes(); at++) {
                    long offset = layout.scanOffset(row) + (long) at * Layout.BLOCK;
                    scanned.set(ValueLayout.JAVA_BYTE, offset, codes.get(row).scanByte(at));
                }
                long offset = (long) row * layout.rowBytes() + Layout.HEADER;
                MemorySegment.copy(codes.get(row).words(), 0, rows, ValueLayout.JAVA_LONG, offset, layout.rowWords());
            }
            return new Rows(layout, codes, scanned, rows);
        }
    }

    /// Random bits; the first row has all of them, the second none.
    private static Rows rows(Layout layout, Random random) {
        return Rows.of(
                layout,
                IntStream.range(0, ROWS)
                        .mapToObj(row -> {
                            Code code = new Code(layout);
                            Arrays.setAll(code.words(), _ -> row == 0 ? -1 : row == 1 ? 0 : random.nextLong());
                            return code;
                        })
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 100, 128, 192, 256, 320, 512, 1024, 4096})
    void scansAsTheFormulaSays(int dimension) {
        Layout layout = new Layout(dimension);
        Random random = new Random(dimension);
        Rows rows = rows(layout, random);
        byte[] tables = new byte[layout.scanBytes() * 2 * Kernel.ENTRIES + Layout.BLOCK];
        for (int most : new int[] {0, 1, Kernel.LARGEST_ENTRY}) {
            for (int i = 0; i < tables.length - Layout.BLOCK; i++) {
                tables[i] = (byte) (most < Kernel.LARGEST_ENTRY ? random.nextInt(Kernel.LARGEST_ENTRY + 1) : most);
            }
            for (Kernel kernel : KERNELS) {
                short[] sums = new short[2 * Layout.BLOCK];

                kernel.scan(layout, rows.scanned(), Layout.BLOCK * (most & 1), sums.length, tables, sums);

                for (int i = 0; i < sums.length; i++) {
                    assertThat((int) sums[i])
                            .isEqualTo(Sums.scan(layout, rows.codes().get(Layout.BLOCK * (most & 1) + i), tables));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 100, 128, 192, 256, 320, 512, 1024, 4096})
    void countsDifferingBitsAsTheFormulaSays(int dimension) {
        Layout layout = new Layout(dimension);
        Random random = new Random(dimension);
        Rows rows = rows(layout, random);
        long[] probe = probe(layout, random);
        int first = Layout.BLOCK;
        int[] some = {0, 1, 5, 17, 63, 64, 100};
        for (Kernel kernel : KERNELS) {
            int[] sums = new int[ROWS];
            for (int level = 1; level < layout.levels(); level++) {
                int from = layout.wordsThrough(level - 1);

                kernel.differing(
                        layout, rows.rows(), first, some, some.length, from, layout.wordsThrough(level), probe, sums);

                for (int row : some) {
                    assertThat(sums[row])
                            .isEqualTo(Sums.differing(layout, rows.codes().get(first + row), probe, 0, level));
                }
            }
            sums[some[0]] = sums[some[1]] = sums[some[2]] = sums[some[3]] = 0;
            sums[some[4]] = sums[some[5]] = sums[some[6]] = 0;
            assertThat(sums).as("those of other rows").containsOnly(0);
        }
    }

    private static long[] probe(Layout layout, Random random) {
        long[] probe = new long[Kernel.PROBE_PLANES * layout.rowWords()];
        for (int plane = 0; plane < Kernel.PROBE_PLANES; plane++) {
            for (int word = 0; word < layout.words(); word++) {
                long bits = plane == 0 ? -1 : random.nextLong();
                for (int copy = 0; copy < layout.planes(); copy++) {
                    probe[plane * layout.rowWords() + copy * layout.words() + word] = bits;
                }
            }
        }
        return probe;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void keepsTheSameRowsExceptWhereFloatsRound(int seed) {
        Random random = new Random(seed);
        MemorySegment inverses = Arena.ofAuto().allocate(ROWS * 4L, Long.SIZE);
        MemorySegment spreads = Arena.ofAuto().allocate(ROWS * 4L, Long.SIZE);
        short[] sums = new short[2 * Layout.BLOCK];
        for (int row = 0; row < ROWS; row++) {
            inverses.setAtIndex(ValueLayout.JAVA_FLOAT, row, random.nextInt(8) == 0 ? 0 : random.nextFloat());
            spreads.setAtIndex(ValueLayout.JAVA_FLOAT, row, random.nextFloat());
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = (short) random.nextInt(Short.MAX_VALUE);
        }
        int from = Layout.BLOCK;
        for (float limit : new float[] {Float.NEGATIVE_INFINITY, -1, 0, 0.3f, 0.9f, Float.POSITIVE_INFINITY}) {
            Kernel.Test test = new Kernel.Test(-1, 1e-4f, 0.1f, 0.05f, limit);
            for (Kernel kernel : KERNELS) {
                int[] kept = new int[sums.length + Kernel.LANES];

                int size = kernel.keep(inverses, spreads, from, sums.length, sums, test, kept);

                List<Integer> rows = Arrays.stream(kept, 0, size).boxed().toList();
                assertThat(rows).isSorted().doesNotHaveDuplicates();
                for (int i = 0; i < sums.length; i++) {
                    float most = test.most(
                            inverses.getAtIndex(ValueLayout.JAVA_FLOAT, from + i),
                            spreads.getAtIndex(ValueLayout.JAVA_FLOAT, from + i),
                            sums[i]);
                    if (!(Math.abs(most - limit) < 1e-5)) {
                        assertThat(rows.contains(i)).as("%s of %s", most, limit).isEqualTo(most >= limit);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256, 512, 1024})
    void multipliesWithinTheErrorThatBoundsCountOn(int size) {
        Random random = new Random(size);
        float[] matrix = new float[size * size];
        for (int row = 0; row < size; row++) {
            System.arraycopy(Vectors.random(random, size), 0, matrix, row * size, size);
        }
        float[] vector = Vectors.random(random, size);
        for (Kernel kernel : KERNELS) {
            float[] product = new float[size];

            kernel.multiply(matrix, vector, product);

            double squares = 0;
            for (int row = 0; row < size; row++) {
                float[] numbers = Arrays.copyOfRange(matrix, row * size, (row + 1) * size);
                double error = product[row] - BruteForce.dot(numbers, vector);
                squares += error * error;
            }
            assertThat(Math.sqrt(squares)).isCloseTo(0, Offset.offset(Kernel.multiplicationError(size)));
        }
    }
}
