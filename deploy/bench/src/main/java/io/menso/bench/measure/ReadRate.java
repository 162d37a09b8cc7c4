package io.menso.bench.measure;

import io.menso.bench.data.Parallel;
import io.menso.bench.engine.OffHeap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// How fast memory can be read at all: no search that reads every row is faster.
public final class ReadRate {

    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    private static final int BYTES = 1 << 29;
    private static final int UNIT = 1 << 12;
    private static final int ROUNDS = 12;

    private ReadRate() {}

    /// Gigabytes (10^9 bytes) a second, the best of some rounds.
    public static double measure(int threads) {
        try (Arena arena = Arena.ofShared();
                Parallel parallel = new Parallel(threads)) {
            MemorySegment memory = OffHeap.allocate(arena, BYTES);
            memory.fill((byte) 1);
            double best = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                long sum = parallel.split(BYTES / UNIT, (from, to) -> sum(memory, from, to)).stream()
                        .mapToLong(Long::longValue)
                        .sum();
                double rate = (double) BYTES / (System.nanoTime() - start);
                best = sum == 0 ? best : Math.max(best, rate);
            }
            return best;
        }
    }

    private static long sum(MemorySegment memory, int from, int to) {
        int width = LONGS.vectorByteSize();
        LongVector a = LongVector.zero(LONGS);
        LongVector b = a;
        LongVector c = a;
        LongVector d = a;
        for (long i = (long) from * UNIT; i < (long) to * UNIT; i += 4L * width) {
            a = a.add(LongVector.fromMemorySegment(LONGS, memory, i, ByteOrder.LITTLE_ENDIAN));
            b = b.add(LongVector.fromMemorySegment(LONGS, memory, i + width, ByteOrder.LITTLE_ENDIAN));
            c = c.add(LongVector.fromMemorySegment(LONGS, memory, i + 2L * width, ByteOrder.LITTLE_ENDIAN));
            d = d.add(LongVector.fromMemorySegment(LONGS, memory, i + 3L * width, ByteOrder.LITTLE_ENDIAN));
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }
}
