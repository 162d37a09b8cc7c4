package io.menso.matching.index.pinot;

import com.fasterxml.jackson.databind.JsonNode;
import io.menso.commons.web.ApiException;
import io.menso.commons.web.Tenant;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Hit;
import io.menso.matching.index.Space;
import io.menso.matching.index.VectorIndex;
import io.menso.matching.index.pinot.RecentWrites.Merged;
import io.menso.matching.index.pinot.RecentWrites.Write;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All vectors in Apache Pinot, scanned by its servers, each opened and compared exactly.
///
/// Pinot follows the topic of templates, so writing here only notes what was written, until Pinot shows it; see
/// [RecentWrites]. Searches and [#held] ask Pinot and block; everything else answers from memory. Each search
/// fails with 503 rather than answer from a part.
@Singleton
@Typed(PinotIndex.class)
public final class PinotIndex implements VectorIndex {

    private static final int LOOKS = 500;
    private static final double UNIT = 1e-3;
    /// Below it Pinot says that a row cannot be compared; the local index has no such rows.
    private static final double LOWEST = -1.5;
    private static final Duration HELD_FOR = Duration.ofSeconds(2);

    private final PinotBroker broker;
    private final PinotSql sql;
    private final PinotSeals seals;
    private final RecentWrites recent;
    private final Duration linger;
    private final Map<Space, Integer> dimensions = new ConcurrentHashMap<>();
    private final Map<Tenant, Set<String>> revisions = new ConcurrentHashMap<>();
    /// Highest version seen: what a removal that is learned now can cover.
    private final AtomicLong highest = new AtomicLong();
    private final Map<Tenant, Held> held = new ConcurrentHashMap<>();
    private volatile long size;

    /// Revisions of a tenant's rows, as Pinot told them.
    ///
    /// @param asked nanoseconds
    private record Held(Set<String> revisions, long asked) {}

    /// @param recent empty; holds the vectors of the latest writes
    @Inject
    PinotIndex(PinotBroker broker, PinotConfig config, PinotSeals seals, @Recent VectorIndex recent) {
        this.broker = broker;
        this.sql = new PinotSql(config.table(), config.namedUsers());
        this.seals = seals;
        this.recent = new RecentWrites(recent, config.recentWrites());
        this.linger = config.linger();
    }

    @Override
    public void put(Space space, List<Entry> entries) {
        for (Entry entry : entries) {
            dimensions.putIfAbsent(space, entry.vector().length);
            requireDimension(space, entry.vector());
        }
        learn(space);
        entries.forEach(entry -> learn(entry.version()));
        recent.put(space, entries, System.nanoTime());
    }

    @Override
    public void remove(Space space, UUID user) {
        recent.remove(space, user, highest.get(), System.nanoTime());
    }

    /// Version of the user's entry, when it was written lately; Pinot is not asked.
    @Override
    public OptionalLong version(Space space, UUID user) {
        return recent.version(space, user);
    }

    @Override
    public Set<String> revisions(Tenant tenant) {
        Set<String> known = new HashSet<>(recent.revisions(tenant));
        known.addAll(revisions.getOrDefault(tenant, Set.of()));
        return known;
    }

    /// Pinot is asked once in a while: each search that finds nobody wants to know.
    @Override
    public Set<String> held(Tenant tenant) {
        Held known = held.get(tenant);
        if (known == null || System.nanoTime() - known.asked() >= HELD_FOR.toNanos()) {
            known = new Held(heldByPinot(sql.revisions(tenant, "")), System.nanoTime());
            held.put(tenant, known);
        }
        Set<String> all = new HashSet<>(known.revisions());
        all.addAll(recent.held(tenant));
        return all;
    }

    @Override
    public Set<String> held(Tenant tenant, Candidates candidates) {
        if (candidates.size() == 0) {
            return Set.of();
        }
        Set<String> all = heldByPinot(sql.revisions(tenant, sql.among(candidates)));
        all.addAll(recent.held(tenant, candidates));
        return all;
    }

    @Override
    public List<Hit> search(Space space, float[] query, int k, double threshold) {
        return find(space, query, k, threshold, null);
    }

    @Override
    public List<Hit> search(Space space, float[] query, int k, double threshold, Candidates candidates) {
        return candidates.size() == 0 ? List.of() : find(space, query, k, threshold, candidates);
    }

    /// Rows that Pinot held when it was last counted.
    @Override
    public long size() {
        return size;
    }

    /// Forgets the latest writes; what Pinot holds is Pinot's.
    @Override
    public void clear() {
        recent.clear();
        dimensions.clear();
        held.clear();
    }

    /// Whether more was written than could be held here, so that searches may miss what Pinot does not show yet.
    boolean isOverrun() {
        return recent.isOverrun();
    }

    /// To be called before Pinot is compared with the database.
    public void clearOverrun() {
        recent.clearOverrun();
    }

    int recentWrites() {
        return recent.size();
    }

    /// Lets go of writes that Pinot shows, some hundred at a time. Blocks.
    ///
    /// @throws ApiException 503 when Pinot does not answer
    void settle() {
        Map<Space, List<Write>> waiting = recent.waiting(LOOKS).stream().collect(Collectors.groupingBy(Write::space));
        waiting.forEach((space, writes) -> recent.shown(shown(space, writes), System.nanoTime()));
        recent.forgetShownBefore(System.nanoTime() - linger.toNanos());
    }

    /// Counts Pinot's rows anew. Blocks.
    void count() {
        size = broker.query(sql.count()).getFirst().get(0).asLong();
    }

    private List<Hit> find(Space space, float[] query, int k, double threshold, @Nullable Candidates candidates) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1");
        }
        requireUnit(query);
        learnDimension(space);
        requireDimension(space, query);
        if (recent.isOverrun()) {
            throw ApiException.unavailable("Pinot is behind by more writes than are held here");
        }
        if (!(threshold <= 1 + UNIT)) {
            return List.of();
        }
        learn(space);
        String among = candidates == null ? "" : sql.among(candidates);
        String sealed = seals.sealQuery(space.tenant(), query);
        int margin = -1;
        Merged merged;
        do {
            margin = Math.max(recent.count(space), margin + 1);
            int limit = (int) Math.min(Integer.MAX_VALUE, (long) k + margin);
            List<Hit> found = hits(broker.query(sql.search(space, sealed, threshold, limit, among)), threshold);
            merged = recent.merge(space, query, k, threshold, candidates, found);
        } while (merged.hidden() > margin);
        return merged.hits();
    }

    /// What was written during the query can hide more of its hits than were asked for in addition; hence the
    /// loop above.
    private List<Hit> hits(List<JsonNode> rows, double threshold) {
        List<Hit> hits = new ArrayList<>(rows.size());
        for (JsonNode row : rows) {
            Hit hit = new Hit(
                    UUID.fromString(row.get(0).asText()),
                    row.get(1).asLong(),
                    row.get(2).asDouble());
            learn(hit.version());
            if (hit.cosine() >= Math.max(threshold, LOWEST)) {
                hits.add(hit);
            }
        }
        return hits;
    }

    private List<Write> shown(Space space, List<Write> writes) {
        Map<UUID, JsonNode> states = new HashMap<>();
        broker.query(sql.states(space, writes.stream().map(Write::user).toList()))
                .forEach(row -> states.put(UUID.fromString(row.get(0).asText()), row));
        return writes.stream()
                .filter(write -> isShown(write, states.get(write.user())))
                .toList();
    }

    /// A removal is shown when the row is gone or newer than what was removed.
    private static boolean isShown(Write write, @Nullable JsonNode row) {
        if (row == null) {
            return write.removed();
        }
        long version = row.get(1).asLong();
        boolean deleted = row.get(2).asInt() == 1;
        return write.removed() ? deleted || version > write.version() : version >= write.version();
    }

    private Set<String> heldByPinot(String statement) {
        return broker.query(statement).stream()
                .map(row -> row.get(0).asText())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private void learn(Space space) {
        revisions
                .computeIfAbsent(space.tenant(), _ -> ConcurrentHashMap.newKeySet())
                .add(space.revision());
    }

    private void learn(long version) {
        highest.accumulateAndGet(version, Math::max);
    }

    /// Asked once for each space: a revision never changes its dimension.
    private void learnDimension(Space space) {
        if (!dimensions.containsKey(space)) {
            broker.query(sql.dimension(space)).stream()
                    .findFirst()
                    .ifPresent(row -> dimensions.putIfAbsent(space, row.get(0).asInt()));
        }
    }

    private void requireDimension(Space space, float[] vector) {
        Integer dimension = dimensions.get(space);
        if (dimension != null && dimension != vector.length) {
            throw new IllegalArgumentException("vectors of this space have " + dimension + " numbers");
        }
    }

    private static void requireUnit(float[] query) {
        double squares = 0;
        for (float number : query) {
            squares += (double) number * number;
        }
        if (!(Math.abs(Math.sqrt(squares) - 1) <= UNIT)) {
            throw new IllegalArgumentException("a query must be finite and of unit length");
        }
    }
}
