package io.menso.matching.index.pinot;

import io.menso.commons.web.Tenant;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Hit;
import io.menso.matching.index.Space;
import io.menso.matching.index.VectorIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes that Pinot may not show yet: vectors in a small index of their own, and who was removed.
///
/// Bounded: beyond the capacity those go that Pinot has shown, the oldest first; when none has been shown, the
/// write is lost here and [#isOverrun] says so until [#clearOverrun].
final class RecentWrites {

    private final VectorIndex vectors;
    private final int capacity;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<Space, Map<UUID, Write>> writes = new HashMap<>();
    private int size;
    private volatile boolean overrun;

    /// @param vectors  empty; nobody else uses it
    /// @param capacity writes held at most
    RecentWrites(VectorIndex vectors, int capacity) {
        this.vectors = vectors;
        this.capacity = capacity;
    }

    /// One write.
    ///
    /// @param version of the face; for a removal the highest version that it covers
    /// @param removed whether the entry is gone
    /// @param made    nanoseconds
    /// @param shown   nanoseconds when Pinot was first seen to show it, `null` before
    record Write(
            Space space,
            UUID user,
            long version,
            boolean removed,
            long made,
            @Nullable Long shown) {

        Write shownAt(long nanos) {
            return shown == null ? new Write(space, user, version, removed, made, nanos) : this;
        }
    }

    /// What a search finds when the latest writes are taken into account.
    ///
    /// @param hits   best first
    /// @param hidden hits of Pinot that a write makes untrue
    record Merged(List<Hit> hits, int hidden) {}

    void put(Space space, List<Entry> entries, long now) {
        exclusively(() -> {
            for (Entry entry : entries) {
                Write known = find(space, entry.user());
                boolean older = known != null && !known.removed() && known.version() >= entry.version();
                if (!older && makeRoom(known)) {
                    vectors.put(space, List.of(entry));
                    keep(new Write(space, entry.user(), entry.version(), false, now, null));
                }
            }
        });
    }

    /// @param version highest version that the removal may cover
    void remove(Space space, UUID user, long version, long now) {
        exclusively(() -> {
            if (makeRoom(find(space, user))) {
                vectors.remove(space, user);
                keep(new Write(space, user, version, true, now, null));
            }
        });
    }

    OptionalLong version(Space space, UUID user) {
        return shared(() -> {
            Write write = find(space, user);
            return write == null || write.removed() ? OptionalLong.empty() : OptionalLong.of(write.version());
        });
    }

    Set<String> revisions(Tenant tenant) {
        return shared(() -> writes.keySet().stream()
                .filter(space -> space.tenant().equals(tenant))
                .map(Space::revision)
                .collect(Collectors.toCollection(HashSet::new)));
    }

    /// Revisions under which the tenant has an entry here.
    Set<String> held(Tenant tenant) {
        return shared(() -> vectors.held(tenant));
    }

    Set<String> held(Tenant tenant, Candidates candidates) {
        return shared(() -> vectors.held(tenant, candidates));
    }

    /// Writes in a space: so many of Pinot's hits may be untrue.
    int count(Space space) {
        return shared(() -> writes.getOrDefault(space, Map.of()).size());
    }

    /// Puts what was written lately in the place of what Pinot found.
    ///
    /// @param candidates among whom is searched, or `null` for all
    Merged merge(
            Space space, float[] query, int k, double threshold, @Nullable Candidates candidates, List<Hit> found) {
        return shared(() -> {
            Map<UUID, Write> here = writes.getOrDefault(space, Map.of());
            Map<UUID, Hit> best = new HashMap<>();
            int hidden = 0;
            for (Hit hit : found) {
                Write write = here.get(hit.user());
                if (write == null || write.version() < hit.version()) {
                    best.put(hit.user(), hit);
                } else {
                    hidden++;
                }
            }
            if (here.values().stream().anyMatch(write -> !write.removed())) {
                recent(space, query, k, threshold, candidates).forEach(hit -> best.putIfAbsent(hit.user(), hit));
            }
            List<Hit> hits =
                    best.values().stream().sorted(Hit.BEST_FIRST).limit(k).toList();
            return new Merged(hits, hidden);
        });
    }

    /// The oldest writes that Pinot has not been seen to show.
    List<Write> waiting(int limit) {
        return shared(() -> all().filter(write -> write.shown() == null)
                .sorted(Comparator.comparingLong(Write::made))
                .limit(limit)
                .toList());
    }

    /// Notes that Pinot shows these, unless something newer was written meanwhile.
    void shown(Collection<Write> seen, long now) {
        exclusively(() -> seen.stream()
                .filter(write -> write.equals(find(write.space(), write.user())))
                .forEach(write -> keep(write.shownAt(now))));
    }

    /// Lets go of what Pinot has shown since before a moment.
    void forgetShownBefore(long nanos) {
        exclusively(() -> all().filter(write -> write.shown() != null && write.shown() - nanos < 0)
                .toList()
                .forEach(this::forget));
    }

    /// Whether writes were lost here: what Pinot does not show yet is unknown then.
    boolean isOverrun() {
        return overrun;
    }

    void clearOverrun() {
        overrun = false;
    }

    int size() {
        return shared(() -> size);
    }

    void clear() {
        exclusively(() -> {
            vectors.clear();
            writes.clear();
            size = 0;
        });
    }

    private List<Hit> recent(Space space, float[] query, int k, double threshold, @Nullable Candidates candidates) {
        return candidates == null
                ? vectors.search(space, query, k, threshold)
                : vectors.search(space, query, k, threshold, candidates);
    }

    private boolean makeRoom(@Nullable Write replaced) {
        if (replaced != null || size < capacity) {
            return true;
        }
        List<Write> oldest = new ArrayList<>(all().filter(write -> write.shown() != null)
                .sorted(Comparator.comparingLong(Write::made))
                .limit(Math.max(1, capacity / 10))
                .toList());
        oldest.forEach(this::forget);
        overrun |= oldest.isEmpty();
        return !oldest.isEmpty();
    }

    private void keep(Write write) {
        Write before =
                writes.computeIfAbsent(write.space(), _ -> new HashMap<>()).put(write.user(), write);
        size += before == null ? 1 : 0;
    }

    private void forget(Write write) {
        Map<UUID, Write> here = writes.getOrDefault(write.space(), Map.of());
        if (here.remove(write.user(), write)) {
            size--;
            vectors.remove(write.space(), write.user());
        }
        if (here.isEmpty()) {
            writes.remove(write.space());
        }
    }

    private @Nullable Write find(Space space, UUID user) {
        return writes.getOrDefault(space, Map.of()).get(user);
    }

    private java.util.stream.Stream<Write> all() {
        return writes.values().stream().flatMap(users -> users.values().stream());
    }

    private <T> T shared(Supplier<T> work) {
        lock.readLock().lock();
        try {
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void exclusively(Runnable work) {
        lock.writeLock().lock();
        try {
            work.run();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
