package io.menso.matching.index.local;

import io.menso.matching.index.Candidates;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Hit;
import io.menso.matching.index.Splitter;
import io.menso.matching.index.Versions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The rows of one space.
///
/// Every change has a number. A row says with which change it was born and with which it died, so a reader, who
/// holds the [Snapshot] of one change, sees exactly the rows of that moment and never waits. Writers take turns. A
/// row that died is wiped and used again once no reader holds a snapshot from before its death.
final class Partition {

    /// A lookup costs about as much as a scan over this many rows.
    private static final int LOOKUP = 32;

    private final int dimension;
    private final Codec codec;
    private final Counters counters;
    private final Rows rows;
    private final Places places;
    private final KeptRows kept;
    private final Snapshots snapshots = new Snapshots();
    private final ReentrantLock writing = new ReentrantLock();

    Partition(int dimension, Codec codec, Room room, Counters counters) {
        this.dimension = dimension;
        this.codec = codec;
        this.counters = counters;
        this.rows = new Rows(codec.layout(), room);
        this.places = new Places(rows);
        this.kept = new KeptRows(rows, places);
    }

    int dimension() {
        return dimension;
    }

    int size() {
        return places.size() - kept.count();
    }

    boolean holds(UUID user) {
        int place = places.find(user);
        return place != Chunk.NONE && !rows.isKept(place);
    }

    int rows() {
        return Arrays.stream(snapshots.current().chunks())
                .mapToInt(Chunk::capacity)
                .sum();
    }

    /// Bytes outside the heap, without the file.
    long bytes() {
        return Arrays.stream(snapshots.current().chunks())
                .mapToLong(Chunk::bytes)
                .sum();
    }

    int freeRows() {
        return exclusively(rows::freeRows);
    }

    boolean isWiped() {
        return Arrays.stream(rows.chunks()).allMatch(Chunk::isWiped);
    }

    @Nullable
    Long version(UUID user) {
        Snapshot snapshot = snapshots.acquire();
        try {
            int place = locate(snapshot, user);
            return place == Chunk.NONE ? null : rows.version(place);
        } finally {
            release(snapshot);
        }
    }

    void put(List<Entry> entries) {
        List<Code> codes =
                entries.stream().map(entry -> codec.encode(entry.vector())).toList();
        write(draft -> {
            for (int i = 0; i < codes.size(); i++) {
                draft.put(entries.get(i), codes.get(i));
            }
        });
    }

    void remove(UUID user) {
        write(draft -> draft.remove(user));
    }

    /// Reads the rows that files hold, once, and forgets what was confirmed.
    ///
    /// @return highest version
    long readKept(Splitter splitter) {
        boolean[][] found = kept.isRead() ? new boolean[0][] : kept.read(splitter);
        write(_ -> kept.list(found));
        return kept.highest();
    }

    /// @return users whose rows are missing or older
    List<UUID> confirm(Versions known) {
        return exclusively(() -> kept.confirm(known));
    }

    void showConfirmed() {
        write(Draft::showConfirmed);
    }

    boolean hasKept() {
        return rows.keptChunks() > 0 && (!kept.isRead() || kept.count() > 0);
    }

    private void write(Consumer<Draft> change) {
        exclusively(() -> {
            Draft draft = new Draft();
            try {
                change.accept(draft);
            } finally {
                // Also when the disk is full half-way: what was written counts.
                draft.publish();
            }
            return draft;
        });
    }

    private <T> T exclusively(Supplier<T> action) {
        writing.lock();
        try {
            return action.get();
        } finally {
            writing.unlock();
            reclaim();
        }
    }

    /// Wipes what no reader holds any more. When another thread has the lock, that one does it, for it comes here
    /// once it has given the lock back; so nothing waits for the next change or search.
    private void reclaim() {
        while (snapshots.isReclaimable() && writing.tryLock()) {
            try {
                snapshots.reclaim(rows::wipe);
            } finally {
                writing.unlock();
            }
        }
    }

    /// @param probes at least one
    List<List<Hit>> search(List<Probe> probes, int k, double threshold, Splitter splitter, @Nullable Candidates among) {
        Snapshot snapshot = snapshots.acquire();
        try {
            Scan scan = new Scan(codec, snapshot, probes, k, threshold, counters);
            if (among != null && (long) among.size() * LOOKUP < places.size()) {
                scan.some(locate(snapshot, among));
            } else {
                scan.all(splitter, among);
            }
            return scan.hits();
        } finally {
            release(snapshot);
        }
    }

    private void release(Snapshot snapshot) {
        snapshot.leave();
        reclaim();
    }

    /// Where this snapshot shows the user. A writer may have replaced the row since; the row that was replaced is
    /// still there, for this reader holds the snapshot.
    private int locate(Snapshot snapshot, UUID user) {
        int place = places.find(user);
        while (place != Chunk.NONE) {
            Chunk chunk = rows.chunk(place);
            int row = Snapshot.row(place);
            if (!chunk.isOwnedBy(row, user) || chunk.born(row) <= snapshot.change()) {
                return chunk.isOwnedBy(row, user) && chunk.isVisible(row, snapshot.change()) ? place : Chunk.NONE;
            }
            place = chunk.former(row);
        }
        return Chunk.NONE;
    }

    private int[] locate(Snapshot snapshot, Candidates among) {
        IntStream.Builder found = IntStream.builder();
        among.forEach(user -> {
            int place = locate(snapshot, user);
            if (place != Chunk.NONE) {
                found.add(place);
            }
        });
        return found.build().toArray();
    }

    /// The next change while it is made; lives while its writer holds the lock.
    private final class Draft {

        private final long change = snapshots.current().change() + 1;
        private final List<UUID> removed = new ArrayList<>();
        private final List<Integer> left = new ArrayList<>();
        private boolean changed;

        void put(Entry entry, Code code) {
            int old = shown(entry.user());
            if (old != Chunk.NONE && !gives(old, entry)) {
                return;
            }
            int place = take();
            rows.chunk(place).write(Snapshot.row(place), entry, code, change, old);
            // Before the change is published: a reader of the change must find it, one from before goes to the former.
            places.put(entry.user(), place);
            if (old != Chunk.NONE) {
                end(old);
            }
            changed = true;
        }

        void remove(UUID user) {
            int old = shown(user);
            if (old != Chunk.NONE) {
                end(old);
                removed.add(user);
                changed = true;
            }
        }

        void showConfirmed() {
            kept.show(change);
            changed = true;
        }

        /// The user's row; one that is only kept is dropped, since who changes a user knows better.
        private int shown(UUID user) {
            int place = places.find(user);
            if (place != Chunk.NONE && rows.isKept(place)) {
                kept.drop(place);
                return Chunk.NONE;
            }
            return place;
        }

        /// To a newer one, and to any when its vector cannot be read any more.
        private boolean gives(int place, Entry entry) {
            return rows.version(place) < entry.version() || !rows.chunk(place).isReadable(Snapshot.row(place));
        }

        void publish() {
            if (changed) {
                snapshots.publish(change, rows.chunks(), left);
                removed.forEach(places::remove);
            }
        }

        private void end(int place) {
            rows.chunk(place).end(Snapshot.row(place), change);
            left.add(place);
        }

        private int take() {
            if (rows.freeRows() == 0) {
                snapshots.reclaim(rows::wipe);
            }
            return rows.take();
        }
    }
}
