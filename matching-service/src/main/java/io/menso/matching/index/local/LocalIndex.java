package io.menso.matching.index.local;

import io.menso.commons.web.Tenant;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Hit;
import io.menso.matching.index.KeptIndex;
import io.menso.matching.index.Space;
import io.menso.matching.index.Splitter;
import io.menso.matching.index.Versions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The exact engine: codes in this process's memory, float32 numbers sealed in a file.
///
/// Every search answers as a float64 scan over all rows would. Memory for 512 dimensions is about 420 bytes a row.
public final class LocalIndex implements KeptIndex, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LocalIndex.class);

    private final Kernel kernel;
    private final LocalIndexOptions options;
    private final Store store;
    private final SecureRandom random = new SecureRandom();
    private final Counters counters = new Counters();
    private final Map<Integer, Codec> codecs = new ConcurrentHashMap<>();
    private final Map<Tenant, Map<String, Partition>> tenants = new ConcurrentHashMap<>();

    LocalIndex(Kernel kernel, LocalIndexOptions options) {
        this(kernel, options, new TemporaryStore(options.directory()));
    }

    private LocalIndex(Kernel kernel, LocalIndexOptions options, Store store) {
        this.kernel = kernel;
        this.options = options;
        this.store = store;
    }

    /// An empty index with default options.
    public static LocalIndex create() {
        return create(LocalIndexOptions.defaults());
    }

    /// An empty index that uses what this JVM has.
    public static LocalIndex create(LocalIndexOptions options) {
        return new LocalIndex(Kernels.best(), options);
    }

    /// An index over the files in the options' directory, which no other process may use. When one does, this
    /// index is empty and its own file temporary.
    public static LocalIndex open(LocalIndexOptions options, IndexKeys keys) {
        return open(Kernels.best(), options, keys);
    }

    static LocalIndex open(Kernel kernel, LocalIndexOptions options, IndexKeys keys) {
        Optional<Store> kept = KeptStore.open(options.directory(), keys);
        if (kept.isEmpty()) {
            LOG.warnf(
                    "another process uses the index files, so this one keeps none: directory=%s", options.directory());
        }
        return new LocalIndex(kernel, options, kept.orElseGet(() -> new TemporaryStore(options.directory())));
    }

    /// @throws IllegalArgumentException for vectors of another dimension than the space's, or that are not of unit
    ///                                  length
    @Override
    public void put(Space space, List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        int dimension = entries.getFirst().vector().length;
        // Before there is a space: one that was made for a bad batch would refuse good ones ever after.
        entries.forEach(entry -> requireDimension(dimension, entry.vector()));
        entries.forEach(entry -> Codec.requireUnit(entry.vector()));
        Partition partition = partition(space, dimension);
        requireDimension(partition.dimension(), entries.getFirst().vector());
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
        return search(space, List.of(query), k, threshold).getFirst();
    }

    @Override
    public List<Hit> search(Space space, float[] query, int k, double threshold, Candidates candidates) {
        return find(space, List.of(query), k, threshold, candidates).getFirst();
    }

    /// One pass over memory serves all queries.
    @Override
    public List<List<Hit>> search(Space space, List<float[]> queries, int k, double threshold) {
        return find(space, queries, k, threshold, null);
    }

    /// What searches have looked at so far.
    public Statistics statistics() {
        return counters.statistics();
    }

    /// Bytes outside the heap, without the file.
    public long bytes() {
        return partitions().mapToLong(Partition::bytes).sum();
    }

    @Override
    public long size() {
        return partitions().mapToLong(Partition::size).sum();
    }

    @Override
    public Set<Tenant> kept() {
        return Stream.concat(
                        store.kept().keySet().stream()
                                .filter(space -> find(space) == null)
                                .map(Space::tenant),
                        tenants.entrySet().stream()
                                .filter(tenant ->
                                        tenant.getValue().values().stream().anyMatch(Partition::hasKept))
                                .map(Map.Entry::getKey))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public long readKept(Splitter splitter) {
        Map<Space, Integer> spaces = store.kept();
        if (!spaces.entrySet().stream().allMatch(space -> store.fits(space.getKey(), codec(space.getValue())))) {
            LOG.warn("index files are not used: reason=their codes are of another kind");
            clear();
            return 0;
        }
        return spaces.entrySet().stream()
                .mapToLong(space -> partition(space.getKey(), space.getValue()).readKept(splitter))
                .max()
                .orElse(0);
    }

    @Override
    public List<UUID> confirm(Space space, Versions known) {
        Partition partition = find(space);
        return partition == null ? known.users() : partition.confirm(known);
    }

    @Override
    public long showConfirmed() {
        partitions().filter(Partition::hasKept).forEach(Partition::showConfirmed);
        return size();
    }

    /// What was kept in files is wiped as well.
    @Override
    public void clear() {
        tenants.clear();
        store.clear();
    }

    /// Files that are kept can be opened by another process afterwards.
    @Override
    public void close() {
        tenants.clear();
        store.close();
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

    private List<List<Hit>> find(
            Space space, List<float[]> queries, int k, double threshold, @Nullable Candidates candidates) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1");
        }
        queries.forEach(Codec::requireUnit);
        Partition partition = find(space);
        if (partition == null) {
            return queries.stream().map(_ -> List.<Hit>of()).toList();
        }
        queries.forEach(query -> requireDimension(partition.dimension(), query));
        counters.searched(queries.size());
        Codec codec = codec(partition.dimension());
        List<Probe> probes = queries.stream()
                .map(query -> new Probe(codec, options.mode(), query, k, new SplittableRandom(random.nextLong())))
                .toList();
        return partition.search(probes, k, threshold, options.splitter(), candidates);
    }

    private Partition partition(Space space, int dimension) {
        return tenants.computeIfAbsent(space.tenant(), _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(space.revision(), _ -> {
                    Codec codec = codec(dimension);
                    return new Partition(dimension, codec, store.room(space, dimension, codec), counters);
                });
    }

    private Codec codec(int dimension) {
        return codecs.computeIfAbsent(dimension, _ -> new Codec(dimension, store.seed(), kernel));
    }

    private Stream<Partition> partitions() {
        return tenants.values().stream().flatMap(revisions -> revisions.values().stream());
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

    private static void requireDimension(int dimension, float[] vector) {
        if (vector.length != dimension) {
            throw new IllegalArgumentException("vectors of this space have " + dimension + " numbers");
        }
    }
}
