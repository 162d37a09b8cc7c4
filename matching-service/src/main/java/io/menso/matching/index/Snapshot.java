package io.menso.matching.index;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// All rows of a space at one moment. A row that it shows is not overwritten while a reader holds it.
final class Snapshot {

    static final long NOWHERE = -1;

    private final Chunk[] chunks;
    private final AtomicInteger readers = new AtomicInteger();

    Snapshot(Chunk[] chunks) {
        this.chunks = chunks;
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

    boolean shows(long place, UUID user) {
        return chunk(place) < chunks.length && chunks[chunk(place)].isOwnedBy(row(place), user);
    }

    /// Looks everywhere: only for the rare reader whose hint was overtaken by a writer.
    long find(UUID user) {
        for (int c = 0; c < chunks.length; c++) {
            for (int row = 0; row < chunks[c].capacity(); row++) {
                if (chunks[c].isOwnedBy(row, user)) {
                    return place(c, row);
                }
            }
        }
        return NOWHERE;
    }

    static long place(int chunk, int row) {
        return ((long) chunk << 32) | row;
    }

    static int chunk(long place) {
        return (int) (place >>> 32);
    }

    static int row(long place) {
        return (int) place;
    }
}
