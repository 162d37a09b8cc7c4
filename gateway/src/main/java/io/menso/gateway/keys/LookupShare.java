package io.menso.gateway.keys;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Room for a number of look-ups at once. Those beyond it wait for their turn, in order; only when very many wait, or
/// one has waited for as long as a look-up may take, are they refused.
final class LookupShare {

    static final int MOST_WAITING = 1000;

    /// A look-up that was not begun yet.
    ///
    /// @param begin    begins it; [#leave] must follow once it ended
    /// @param refuse   tells those who asked for it that it will not be
    /// @param deadline last moment to begin, in nanoseconds
    private record Waiting(Runnable begin, Runnable refuse, long deadline) {}

    private final LongSupplier nanoTime;
    private final long patience;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private int free;

    /// @param size     most look-ups at once
    /// @param patience longest wait
    /// @param nanoTime a monotonic clock in nanoseconds
    LookupShare(int size, Duration patience, LongSupplier nanoTime) {
        this.free = size;
        this.patience = patience.toNanos();
        this.nanoTime = nanoTime;
    }

    /// Begins a look-up now or later, or refuses it.
    void enter(Runnable begin, Runnable refuse) {
        Waiting fresh = new Waiting(begin, refuse, nanoTime.getAsLong() + patience);
        admit(fresh).ifPresent(Runnable::run);
    }

    /// A look-up ended: the next one begins.
    void leave() {
        Optional<Waiting> next = next();
        while (next.isPresent() && nanoTime.getAsLong() - next.get().deadline() > 0) {
            next.get().refuse().run();
            next = next();
        }
        next.map(Waiting::begin).ifPresent(Runnable::run);
    }

    private synchronized Optional<Runnable> admit(Waiting fresh) {
        if (free > 0) {
            free--;
            return Optional.of(fresh.begin());
        }
        if (queue.size() >= MOST_WAITING) {
            return Optional.of(fresh.refuse());
        }
        queue.add(fresh);
        return Optional.empty();
    }

    /// The one whose turn it is; room becomes free when there is none.
    private synchronized Optional<Waiting> next() {
        Optional<Waiting> next = Optional.ofNullable(queue.poll());
        if (next.isEmpty()) {
            free++;
        }
        return next;
    }
}
