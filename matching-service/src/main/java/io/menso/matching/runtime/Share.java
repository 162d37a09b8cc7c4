package io.menso.matching.runtime;

import io.menso.commons.web.Tenant;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one tenant, or the background, has waiting and running, and how much time it may still use.
final class Share {

    /// Weight of the newest run in the expected time of the next: a quarter.
    private static final int NEWEST = 4;

    private final Optional<Tenant> tenant;
    private final long quantum;
    private final int mostRunning;
    private final ArrayDeque<Job> jobs = new ArrayDeque<>();
    private final ArrayDeque<Split> splits = new ArrayDeque<>();
    private long balance;
    private long expectedJob;
    private long expectedPart;
    private int running;

    /// A run under way.
    ///
    /// @param charged nanoseconds taken from the balance at the start, since how long it takes is not known yet
    record Turn(Share share, Work work, long charged) {}

    /// @param quantum     nanoseconds granted in each round
    /// @param mostRunning threads it may have at a time
    Share(Optional<Tenant> tenant, long quantum, int mostRunning) {
        this.tenant = tenant;
        this.quantum = quantum;
        this.mostRunning = mostRunning;
        this.balance = quantum;
        this.expectedJob = quantum;
        this.expectedPart = quantum;
    }

    Optional<Tenant> tenant() {
        return tenant;
    }

    ArrayDeque<Job> jobs() {
        return jobs;
    }

    void open(Split split) {
        splits.addFirst(split);
    }

    void close(Split split) {
        splits.remove(split);
    }

    /// Whether a thread could take something now.
    boolean hasWork() {
        while (!splits.isEmpty() && !splits.element().hasParts()) {
            splits.remove();
        }
        return running < mostRunning && !(splits.isEmpty() && jobs.isEmpty());
    }

    boolean isInDebt() {
        return balance <= 0;
    }

    /// Its turn is over: it gets its quantum for the next, but hoards none.
    void pass() {
        balance = Math.min(quantum, balance) + (isInDebt() ? quantum : 0);
    }

    /// Whether nothing is left to remember.
    boolean isOver() {
        return running == 0 && jobs.isEmpty() && !isInDebt();
    }

    /// Takes what comes next and charges what such work took lately. Parts of a search that runs come before the
    /// searches that wait.
    ///
    /// @return `null` when the last part was taken by its caller meanwhile
    @Nullable
    Turn start() {
        Work work = splits.isEmpty() ? jobs.poll() : splits.element().help();
        if (work == null) {
            return null;
        }
        long charged = work instanceof Job ? expectedJob : expectedPart;
        balance -= charged;
        running++;
        return new Turn(this, work, charged);
    }

    /// Corrects the charge by what the run took.
    void finish(Turn turn, long nanos) {
        running--;
        balance += turn.charged() - nanos;
        if (turn.work() instanceof Job) {
            expectedJob += (nanos - expectedJob) / NEWEST;
        } else {
            expectedPart += (nanos - expectedPart) / NEWEST;
        }
    }
}
