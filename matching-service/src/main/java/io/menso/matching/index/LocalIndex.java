package io.menso.matching.index;

import io.menso.commons.web.Tenant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All vectors in this process's memory, scanned one by one.
public final class LocalIndex implements VectorIndex {

    private final Kernel kernel;
    private final Map<Tenant, Map<String, Partition>> tenants = new ConcurrentHashMap<>();

    LocalIndex(Kernel kernel) {
        this.kernel = kernel;
    }

    /// An empty index that uses what this JVM has.
    public static LocalIndex create() {
        return new LocalIndex(Kernels.best());
    }

    @Override
    public void put(Space space, List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Partition partition = tenants.computeIfAbsent(space.tenant(), _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        space.revision(), _ -> new Partition(entries.getFirst().vector().length));
        entries.forEach(entry -> requireDimension(partition, entry.vector()));
        partition.put(entries);
    }

    @Override
    public void remove(Space space, UUID user) {
        Partition partition = find(space);
        if (partition != null) {
            partition.remove(user);
        }
    }

    @Override
    public OptionalLong version(Space space, UUID user) {
        Partition partition = find(space);
        Long version = partition == null ? null : partition.version(user);
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    @Override
    public Set<String> revisions(Tenant tenant) {
        return tenants.getOrDefault(tenant, Map.of()).keySet().stream().collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<String> held(Tenant tenant) {
        return held(tenant, partition -> partition.size() > 0);
    }

    @Override
    public Set<String> held(Tenant tenant, Candidates candidates) {
        return held(tenant, partition -> candidates.anyMatch(partition::holds));
    }

    @Override
    public List<Hit> search(Space space, float[] query, int k, double threshold) {
        return scan(space, query, k, threshold, null);
    }

    @Override
    public List<Hit> search(Space space, float[] query, int k, double threshold, Candidates candidates) {
        return scan(space, query, k, threshold, candidates);
    }

    @Override
    public long size() {
        return tenants.values().stream()
                .flatMap(revisions -> revisions.values().stream())
                .mapToLong(Partition::size)
                .sum();
    }

    @Override
    public void clear() {
        tenants.clear();
    }

    /// Rows that a space has memory for.
    int rows(Space space) {
        Partition partition = find(space);
        return partition == null ? 0 : partition.rows();
    }

    /// Rows that can be written at once.
    int freeRows(Space space) {
        Partition partition = find(space);
        return partition == null ? 0 : partition.freeRows();
    }

    /// Whether no row of the space, used or free, holds a number other than 0.
    boolean isWiped(Space space) {
        Partition partition = find(space);
        return partition == null || partition.isWiped();
    }

    private List<Hit> scan(Space space, float[] query, int k, double threshold, @Nullable Candidates candidates) {
        Best best = new Best(k, threshold);
        Partition partition = find(space);
        if (partition == null) {
            return List.of();
        }
        requireDimension(partition, query);
        return partition.search(kernel, query, best, candidates);
    }

    private Set<String> held(Tenant tenant, Predicate<Partition> condition) {
        return tenants.getOrDefault(tenant, Map.of()).entrySet().stream()
                .filter(revision -> condition.test(revision.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private @Nullable Partition find(Space space) {
        return tenants.getOrDefault(space.tenant(), Map.of()).get(space.revision());
    }

    private static void requireDimension(Partition partition, float[] vector) {
        if (vector.length != partition.dimension()) {
            throw new IllegalArgumentException("vectors of this space have " + partition.dimension() + " numbers");
        }
    }
}
