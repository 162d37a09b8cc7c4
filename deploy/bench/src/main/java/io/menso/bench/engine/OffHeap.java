package io.menso.bench.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory beside the heap for what is scanned.
public final class OffHeap {

    private static final int CACHE_LINE = 64;

    private OffHeap() {}

    public static MemorySegment allocate(Arena arena, long bytes) {
        return arena.allocate(bytes, CACHE_LINE);
    }
}
