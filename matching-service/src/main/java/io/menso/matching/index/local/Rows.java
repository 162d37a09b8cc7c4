package io.menso.matching.index.local;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.UUID;

/// The chunks of a space, and which of their rows are free. One writer at a time; readers may look at rows.
final class Rows implements Places.Owners {

    private static final int SMALLEST_CHUNK = Layout.BLOCK;

    private final Layout layout;
    private final Room room;
    private final Deque<Integer> free = new ArrayDeque<>();
    private final int keptChunks;
    /// May hold chunks that no snapshot shows yet.
    private volatile Chunk[] chunks;

    /// Its first chunks are those of the room; no row of them is free before somebody said so.
    Rows(Layout layout, Room room) {
        this.layout = layout;
        this.room = room;
        this.chunks =
                room.kept().stream().map(extent -> new Chunk(layout, extent)).toArray(Chunk[]::new);
        this.keptChunks = chunks.length;
    }

    Chunk[] chunks() {
        return chunks;
    }

    /// How many of the first chunks come from files.
    int keptChunks() {
        return keptChunks;
    }

    Chunk chunk(int place) {
        return chunks[Snapshot.chunk(place)];
    }

    /// The newest row of a user is found by the ids in the rows.
    @Override
    public boolean isOwnedBy(int place, UUID user) {
        return chunk(place).isOwnedBy(Snapshot.row(place), user);
    }

    @Override
    public UUID user(int place) {
        return chunk(place).user(Snapshot.row(place));
    }

    long version(int place) {
        return chunk(place).version(Snapshot.row(place));
    }

    long born(int place) {
        return chunk(place).born(Snapshot.row(place));
    }

    /// Whether it was found in a file and no change has shown it yet.
    boolean isKept(int place) {
        return born(place) >= Chunk.CONFIRMED;
    }

    int freeRows() {
        return free.size();
    }

    /// Place of a row that can be written.
    ///
    /// @throws java.io.UncheckedIOException when there is none and the disk is full
    int take() {
        if (free.isEmpty()) {
            grow();
        }
        return free.remove();
    }

    /// Forgets a row that no search can see any more; it can be written again.
    void wipe(int place) {
        chunk(place).wipe(Snapshot.row(place));
        free.add(place);
    }

    /// The same for a row that never was in memory.
    void wipeFile(int place) {
        chunk(place).wipeFile(Snapshot.row(place));
        free.add(place);
    }

    private void grow() {
        int index = chunks.length;
        int capacity = Math.min(SMALLEST_CHUNK << Math.min(index, 16), Snapshot.LARGEST_CHUNK);
        Chunk[] more = Arrays.copyOf(chunks, index + 1);
        more[index] = new Chunk(layout, room.allocate(capacity));
        chunks = more;
        for (int row = 0; row < capacity; row++) {
            free.add(Snapshot.place(index, row));
        }
    }
}
