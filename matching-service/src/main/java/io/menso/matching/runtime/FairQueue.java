package io.menso.matching.runtime;

import io.menso.commons.web.Tenant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides whose work runs next, so that tenants who want more than there is get equal time, not equal numbers of
/// searches. Not for several threads: the pool's lock guards it.
///
/// It is a deficit round robin (Shreedhar and Varghese, SIGCOMM 1995) that charges afterwards (surplus round robin,
/// Adiseshu, Parulkar and Varghese 1996), because nobody knows beforehand how long a search takes. Tenants stand in
/// a ring. The first runs work while its balance is positive; then it gets a quantum and goes to the end. A run
/// lowers the balance by the time it took, at its start by the time that such runs took lately.
///
/// - **Equal time.** Let `L` be the longest run (at least a quantum `Q`) and `P` the threads. A run begins only while
///   the balance is positive, so balance and open charges together lie between `-PL` and `Q + PL`. While two tenants
///   both have work waiting they get as many quanta, give or take one. So the time that their finished runs have
///   used since differs by at most `3Q + 4PL`, however long that is.
/// - **No starvation.** With `n` tenants in the ring, each of them has its turn after at most `n(Q + PL)` of work,
///   and one that is not in debt runs then.
/// - **No hoarding, no escape.** A balance above a quantum is cut, and a tenant in debt is remembered until the debt
///   is paid, though it has nothing waiting. When nothing waits and nothing runs, everything is forgotten.
/// - **Cost.** Each step of the ring that runs nothing grants a quantum of time that is used: one step for each
///   `Q` of work and one for each run.
final class FairQueue {

    /// Nanoseconds; about a small search. A larger one makes turns longer.
    static final long QUANTUM = 100_000;
    /// The background gets this part of what a tenant gets while tenants want all.
    static final int BACKGROUND_PART = 16;

    private final CpuConfig config;
    private final int threads;
    private final ArrayDeque<Share> ring = new ArrayDeque<>();
    private final Map<Optional<Tenant>, Share> shares = new HashMap<>();
    private int waiting;
    private int splits;
    private int running;

    /// Work that may not wait, and why.
    record Refusal(Job job, Limit limit) {}

    FairQueue(CpuConfig config, int threads) {
        this.config = config;
        this.threads = threads;
    }

    /// Lets work wait. When all places are taken, the newest search of the tenant with the most waiting gives way to
    /// a tenant with fewer, so that a few large tenants cannot shut out the others.
    ///
    /// @return what may not wait: this work, or the one that gave way
    Optional<Refusal> add(Job job) {
        Optional<Refusal> refusal = makeRoom(job);
        if (refusal.isEmpty() || refusal.get().job() != job) {
            shares.computeIfAbsent(job.tenant(), this::join).jobs().add(job);
            waiting++;
        }
        return refusal;
    }

    /// Takes back work that waits; does nothing when it runs already.
    void remove(Job job) {
        Share share = shares.get(job.tenant());
        if (share != null && share.jobs().remove(job)) {
            waiting--;
            forgetWhenIdle();
        }
    }

    /// What a free thread should run; [#finish] must follow.
    ///
    /// @return `null` when there is nothing for it
    Share.@Nullable Turn next() {
        int idle = 0;
        while (waiting + splits > 0 && idle < ring.size()) {
            Share first = ring.element();
            boolean wanting = first.hasWork();
            if (wanting && !first.isInDebt()) {
                Share.Turn turn = first.start();
                if (turn != null) {
                    return begin(turn);
                }
            } else {
                boolean stays = pass(first);
                idle = wanting ? 0 : stays ? idle + 1 : idle;
            }
        }
        return null;
    }

    void finish(Share.Turn turn, long nanos) {
        running--;
        turn.share().finish(turn, nanos);
        forgetWhenIdle();
    }

    /// Offers the parts of work that runs.
    void open(Share.Turn turn, Split split) {
        splits++;
        turn.share().open(split);
    }

    void close(Share.Turn turn, Split split) {
        splits--;
        turn.share().close(split);
    }

    /// Takes back all that waits.
    List<Job> drain() {
        List<Job> drained =
                shares.values().stream().flatMap(share -> share.jobs().stream()).toList();
        drained.forEach(this::remove);
        return drained;
    }

    /// Work that waits for a thread.
    int waiting(boolean background) {
        return background ? waitingInBackground() : waiting - waitingInBackground();
    }

    /// Tenants that have work, or a debt, and so are remembered.
    int tenants() {
        return shares.size() - (shares.containsKey(Optional.<Tenant>empty()) ? 1 : 0);
    }

    private Optional<Refusal> makeRoom(Job job) {
        Share own = shares.get(job.tenant());
        int others = own == null ? 0 : own.jobs().size();
        boolean background = job.tenant().isEmpty();
        if (others >= config.tenantQueue()) {
            return Optional.of(new Refusal(job, background ? Limit.BACKGROUND : Limit.TENANT));
        }
        return background || waiting(false) < config.queue() ? Optional.empty() : Optional.of(giveWay(job, others));
    }

    private Refusal giveWay(Job job, int others) {
        Optional<Share> largest = shares.values().stream()
                .filter(share -> share.tenant().isPresent())
                .max(Comparator.comparingInt(share -> share.jobs().size()));
        if (largest.isEmpty() || largest.get().jobs().size() <= others + 1) {
            return new Refusal(job, Limit.TOTAL);
        }
        waiting--;
        return new Refusal(largest.get().jobs().removeLast(), Limit.LARGEST);
    }

    private Share join(Optional<Tenant> tenant) {
        Share share = tenant.isPresent()
                ? new Share(tenant, QUANTUM, threads)
                // A thread is always left for requests, where there are several.
                : new Share(tenant, QUANTUM / BACKGROUND_PART, Math.max(1, threads - 1));
        ring.add(share);
        return share;
    }

    private Share.Turn begin(Share.Turn turn) {
        running++;
        if (turn.work() instanceof Job) {
            waiting--;
        }
        return turn;
    }

    /// The first goes to the end, or away when there is nothing to remember of it.
    ///
    /// @return whether it stays
    private boolean pass(Share first) {
        ring.remove();
        first.pass();
        if (first.isOver()) {
            shares.remove(first.tenant());
            return false;
        }
        ring.add(first);
        return true;
    }

    private void forgetWhenIdle() {
        if (waiting == 0 && running == 0) {
            ring.clear();
            shares.clear();
        }
    }

    private int waitingInBackground() {
        Share background = shares.get(Optional.<Tenant>empty());
        return background == null ? 0 : background.jobs().size();
    }
}
