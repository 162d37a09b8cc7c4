package io.menso.bench.engine;

import io.menso.bench.data.Kernels;
import io.menso.bench.data.Nearest;
import io.menso.bench.data.Parallel;
import io.menso.bench.data.Vectors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Every row in float32: what a search costs that leaves nothing out.
final class FloatScan implements Engine {

    private final Arena arena = Arena.ofShared();
    private final Parallel parallel;
    private MemorySegment rows = MemorySegment.NULL;
    private int count;
    private long stride;

    FloatScan(int threads) {
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
        count = vectors.count();
        stride = (long) vectors.dimension() * Float.BYTES;
        rows = OffHeap.allocate(arena, vectors.segment().byteSize());
        MemorySegment.copy(vectors.segment(), 0, rows, 0, vectors.segment().byteSize());
    }

    @Override
    public Search searcher(int @Nullable [] filter) {
        int candidates = filter == null ? count : filter.length;
        return (query, k, threshold) -> Scans.search(
                parallel, candidates, k, threshold, (from, to) -> scan(query, k, threshold, filter, from, to));
    }

    private Nearest scan(float[] query, int k, double threshold, int @Nullable [] filter, int from, int to) {
        Nearest nearest = new Nearest(k);
        double floor = threshold;
        for (int i = from; i < to; i++) {
            int row = filter == null ? i : filter[i];
            float dot = Kernels.dot(rows, row * stride, query);
            if (dot >= floor) {
                nearest.offer(row, dot);
                floor = Math.max(threshold, nearest.floor());
            }
        }
        return nearest;
    }

    @Override
    public void close() {
        parallel.close();
        arena.close();
    }
}
