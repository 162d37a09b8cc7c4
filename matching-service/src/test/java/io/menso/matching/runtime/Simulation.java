package io.menso.matching.runtime;

import io.menso.commons.web.Tenant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Threads, tenants and time that exist only on paper, around a real queue.
final class Simulation {

    private static final int FLOOD = 2;

    private final FairQueue queue;
    private final int threads;
    private final PriorityQueue<Run> running = new PriorityQueue<>(Comparator.comparingLong(Run::end));
    private final Map<Optional<Tenant>, Source> sources = new HashMap<>();
    private final Map<Optional<Tenant>, Long> used = new HashMap<>();
    private final Map<Optional<Tenant>, Integer> runs = new HashMap<>();
    private long now;

    private record Run(Share.Turn turn, long nanos, long end) {}

    /// @param eager whether the next search comes when one starts, and not only when it ends
    private record Source(LongSupplier length, boolean eager) {}

    Simulation(FairQueue queue, int threads) {
        this.queue = queue;
        this.threads = threads;
    }

    /// A tenant who always has searches waiting.
    void flood(Optional<Tenant> tenant, LongSupplier length) {
        send(tenant, FLOOD, new Source(length, true));
    }

    /// A tenant who waits for an answer before the next search.
    void keep(Optional<Tenant> tenant, int outstanding, LongSupplier length) {
        send(tenant, outstanding, new Source(length, false));
    }

    /// Nanoseconds that the tenant's finished runs took.
    long used(Optional<Tenant> tenant) {
        return used.getOrDefault(tenant, 0L);
    }

    int runs(Optional<Tenant> tenant) {
        return runs.getOrDefault(tenant, 0);
    }

    void runFor(long nanos) {
        long end = now + nanos;
        fill();
        for (Run next = running.peek(); next != null && next.end() <= end; next = running.peek()) {
            running.remove();
            now = next.end();
            finish(next);
            fill();
        }
        now = end;
    }

    private void fill() {
        while (running.size() < threads) {
            Share.@Nullable Turn turn = queue.next();
            if (turn == null) {
                return;
            }
            Optional<Tenant> tenant = turn.share().tenant();
            Source source = source(tenant);
            long nanos = source.length().getAsLong();
            running.add(new Run(turn, nanos, now + nanos));
            if (source.eager()) {
                queue.add(FairQueueTest.job(tenant));
            }
        }
    }

    private void finish(Run run) {
        Optional<Tenant> tenant = run.turn().share().tenant();
        queue.finish(run.turn(), run.nanos());
        used.merge(tenant, run.nanos(), Long::sum);
        runs.merge(tenant, 1, Integer::sum);
        if (!source(tenant).eager()) {
            queue.add(FairQueueTest.job(tenant));
        }
    }

    private Source source(Optional<Tenant> tenant) {
        return Objects.requireNonNull(sources.get(tenant));
    }

    private void send(Optional<Tenant> tenant, int count, Source source) {
        sources.put(tenant, source);
        for (int i = 0; i < count; i++) {
            queue.add(FairQueueTest.job(tenant));
        }
    }
}
