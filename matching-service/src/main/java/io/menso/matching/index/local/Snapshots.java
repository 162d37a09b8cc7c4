package io.menso.matching.index.local;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;

/// The current snapshot of a space, and former ones that may still be read. Readers need no lock; all that changes
/// something is for one writer at a time.
final class Snapshots {

    private final Queue<Retired> retired = new ConcurrentLinkedQueue<>();
    private volatile Snapshot current = new Snapshot(0, new Chunk[0]);

    /// A snapshot that is no longer current, and the places of rows that the next change ended.
    private record Retired(Snapshot snapshot, List<Integer> left) {}

    Snapshot current() {
        return current;
    }

    /// The current one, for a reader who will leave it. The second look makes sure that the writer that retires
    /// this snapshot sees its reader.
    Snapshot acquire() {
        while (true) {
            Snapshot snapshot = current;
            snapshot.enter();
            if (isCurrent(snapshot)) {
                return snapshot;
            }
            snapshot.leave();
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isCurrent(Snapshot snapshot) {
        return snapshot == current;
    }

    /// @param left places of rows that the change ended
    void publish(long change, Chunk[] chunks, List<Integer> left) {
        Snapshot last = current;
        current = new Snapshot(change, chunks);
        retired.add(new Retired(last, left));
    }

    /// Whether there is something to reclaim; anybody may ask.
    boolean isReclaimable() {
        Retired oldest = retired.peek();
        return oldest != null && !oldest.snapshot().isRead();
    }

    /// Forgets former snapshots as far as nobody reads them.
    ///
    /// @param wipe takes the places of rows that no snapshot shows any more
    void reclaim(IntConsumer wipe) {
        while (isReclaimable()) {
            retired.remove().left().forEach(wipe::accept);
        }
    }
}
