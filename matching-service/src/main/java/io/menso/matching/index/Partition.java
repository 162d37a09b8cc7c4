package io.menso.matching.index;

import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The rows of one space.
///
/// Readers take the current [Snapshot] and never wait. Writers take turns: each copies the owners of the chunks
/// that it changes, writes vectors into rows that no reader can see, publishes a new snapshot, and frees the
/// rows it left. A freed row is wiped and used again once no reader holds a snapshot from before.
final class Partition {

    private static final int SMALLEST_CHUNK = 16;
    private static final int LARGEST_CHUNK = 1024;

    private final int dimension;
    private final int stride;
    private final Map<UUID, Long> places = new ConcurrentHashMap<>();
    private final Deque<Long> free = new ArrayDeque<>();
    private final Deque<Retired> retired = new ArrayDeque<>();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile Snapshot current = new Snapshot(new Chunk[0]);

    /// A snapshot that is no longer current, and the rows that the next one left.
    private record Retired(Snapshot snapshot, List<Long> left) {}

    Partition(int dimension) {
        this.dimension = dimension;
        this.stride = Kernel.stride(dimension);
    }

    int dimension() {
        return dimension;
    }

    int size() {
        return places.size();
    }

    boolean holds(UUID user) {
        return places.containsKey(user);
    }

    int rows() {
        return Arrays.stream(current.chunks()).mapToInt(Chunk::capacity).sum();
    }

    int freeRows() {
        writing.lock();
        try {
            return free.size();
        } finally {
            writing.unlock();
        }
    }

    boolean isWiped() {
        return Arrays.stream(current.chunks())
                .allMatch(chunk -> chunk.rows()
                        .elements(ValueLayout.JAVA_BYTE)
                        .allMatch(b -> b.get(ValueLayout.JAVA_BYTE, 0) == 0));
    }

    @Nullable
    Long version(UUID user) {
        Snapshot snapshot = acquire();
        try {
            long place = locate(snapshot, user);
            return place == Snapshot.NOWHERE
                    ? null
                    : snapshot.chunks()[Snapshot.chunk(place)].versions()[Snapshot.row(place)];
        } finally {
            release(snapshot);
        }
    }

    void put(List<Entry> entries) {
        write(draft -> entries.forEach(draft::put));
    }

    void remove(UUID user) {
        write(draft -> draft.remove(user));
    }

    private void write(Consumer<Draft> change) {
        writing.lock();
        try {
            Draft draft = new Draft();
            change.accept(draft);
            draft.publish();
        } finally {
            writing.unlock();
        }
    }

    List<Hit> search(Kernel kernel, float[] query, Best best, @Nullable Candidates candidates) {
        Snapshot snapshot = acquire();
        try {
            Scan scan = new Scan(kernel, snapshot, Arrays.copyOf(query, stride), best);
            if (candidates == null) {
                scan.all();
            } else {
                candidates.forEach(user -> scan.one(locate(snapshot, user)));
            }
            return best.bestFirst();
        } finally {
            release(snapshot);
        }
    }

    /// The second look makes sure that the writer that retires this snapshot sees its reader.
    private Snapshot acquire() {
        while (true) {
            Snapshot snapshot = current;
            snapshot.enter();
            if (isCurrent(snapshot)) {
                return snapshot;
            }
            snapshot.leave();
        }
    }

    /// The last reader of an old snapshot wipes what was waiting for it, unless a writer is about to do so.
    private void release(Snapshot snapshot) {
        snapshot.leave();
        if (!isCurrent(snapshot) && writing.tryLock()) {
            try {
                reclaim();
            } finally {
                writing.unlock();
            }
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isCurrent(Snapshot snapshot) {
        return snapshot == current;
    }

    /// Where this snapshot shows the user. The map is a hint from about now: a writer may have moved the row
    /// since the snapshot was taken, and then the snapshot itself is asked, so that nobody is missed while being
    /// replaced.
    private long locate(Snapshot snapshot, UUID user) {
        Long hint = places.get(user);
        if (hint == null) {
            return Snapshot.NOWHERE;
        }
        return snapshot.shows(hint, user) ? hint : snapshot.find(user);
    }

    private void reclaim() {
        Retired oldest = retired.peek();
        while (oldest != null && !oldest.snapshot().isRead()) {
            for (long place : oldest.left()) {
                current.chunks()[Snapshot.chunk(place)].wipe(Snapshot.row(place), stride);
                free.add(place);
            }
            retired.remove();
            oldest = retired.peek();
        }
    }

    /// The next snapshot while it is made; lives while its writer holds the lock.
    private final class Draft {

        private Chunk[] chunks = current.chunks().clone();
        private final Map<Integer, Chunk> copies = new HashMap<>();
        private final Map<UUID, Long> moved = new HashMap<>();
        private final Deque<UUID> removed = new ArrayDeque<>();
        private final List<Long> left = new ArrayList<>();

        void put(Entry entry) {
            Long old = moved.getOrDefault(entry.user(), places.get(entry.user()));
            if (old != null && chunk(old).versions()[Snapshot.row(old)] >= entry.version()) {
                return;
            }
            long place = takeFree();
            Chunk target = edit(place);
            target.write(Snapshot.row(place), stride, entry.vector());
            target.own(Snapshot.row(place), entry.user(), entry.version());
            moved.put(entry.user(), place);
            if (old != null) {
                leave(old);
            }
        }

        void remove(UUID user) {
            Long old = places.get(user);
            if (old != null) {
                leave(old);
                removed.add(user);
            }
        }

        /// The snapshot goes first: a hint never points to a row before a current snapshot shows it.
        void publish() {
            if (!copies.isEmpty()) {
                Snapshot last = current;
                current = new Snapshot(chunks);
                retired.add(new Retired(last, left));
                places.putAll(moved);
                removed.forEach(places::remove);
            }
            reclaim();
        }

        private void leave(long place) {
            edit(place).disown(Snapshot.row(place));
            left.add(place);
        }

        private Chunk chunk(long place) {
            return chunks[Snapshot.chunk(place)];
        }

        private Chunk edit(long place) {
            int index = Snapshot.chunk(place);
            return copies.computeIfAbsent(index, i -> chunks[i] = chunks[i].copy());
        }

        private long takeFree() {
            if (free.isEmpty()) {
                reclaim();
            }
            if (free.isEmpty()) {
                grow();
            }
            return free.remove();
        }

        private void grow() {
            int index = chunks.length;
            int capacity = Math.min(SMALLEST_CHUNK << Math.min(index, 16), LARGEST_CHUNK);
            chunks = Arrays.copyOf(chunks, index + 1);
            chunks[index] = Chunk.empty(capacity, stride);
            for (int row = 0; row < capacity; row++) {
                free.add(Snapshot.place(index, row));
            }
        }
    }
}
