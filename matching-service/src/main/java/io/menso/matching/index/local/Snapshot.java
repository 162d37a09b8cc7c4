package io.menso.matching.index.local;

import java.util.concurrent.atomic.AtomicInteger;

/// All rows of a space as they were after one change. A row that it shows is not overwritten while a reader holds it.
final class Snapshot {

    /// Rows of a chunk at most; its first level fills a huge page at 512 dimensions.
    static final int LARGEST_CHUNK = 1 << 15;

    private final long change;
    private final Chunk[] chunks;
    private final AtomicInteger readers = new AtomicInteger();

    Snapshot(long change, Chunk[] chunks) {
        this.change = change;
        this.chunks = chunks;
    }

    long change() {
        return change;
    }

    Chunk[] chunks() {
        return chunks;
    }

    void enter() {
        readers.incrementAndGet();
    }

    void leave() {
        readers.decrementAndGet();
    }

    boolean isRead() {
        return readers.get() > 0;
    }

    /// Number of a row among all of a space.
    static int place(int chunk, int row) {
        return chunk * LARGEST_CHUNK + row;
    }

    static int chunk(int place) {
        return place / LARGEST_CHUNK;
    }

    static int row(int place) {
        return place % LARGEST_CHUNK;
    }
}
