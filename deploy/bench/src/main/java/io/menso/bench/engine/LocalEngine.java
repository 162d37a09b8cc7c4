package io.menso.bench.engine;

import io.menso.bench.data.Gallery;
import io.menso.bench.data.Match;
import io.menso.bench.data.Vectors;
import io.menso.bench.measure.Memory;
import io.menso.commons.web.Tenant;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Hit;
import io.menso.matching.index.Space;
import io.menso.matching.index.VectorIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The exact index of the matching service, filled as the service fills it.
public final class LocalEngine implements Engine {

    private static final Space SPACE = new Space(new Tenant("bench", Tenant.Environment.PRODUCTION), "bench");
    private static final int BATCH = 1_000;

    private final Path folder;
    private final LocalIndexes.Opened opened;
    private final VectorIndex index;
    private final boolean strict;

    LocalEngine(boolean strict, int threads, Path folder) {
        this.strict = strict;
        this.folder = folder.resolve("local");
        this.opened = LocalIndexes.create(strict, threads, this.folder);
        this.index = opened.index();
    }

    @Override
    public String mode() {
        return strict ? "strict" : "standard";
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public void build(Vectors rows) {
        for (int from = 0; from < rows.count(); from += BATCH) {
            List<Entry> entries = new ArrayList<>(BATCH);
            for (int row = from; row < Math.min(rows.count(), from + BATCH); row++) {
                entries.add(new Entry(Gallery.user(row), 1, rows.get(row)));
            }
            index.put(SPACE, entries);
        }
    }

    /// Enrols or replaces, as a search sees it next.
    public void put(List<Entry> entries) {
        index.put(SPACE, entries);
    }

    public void remove(UUID user) {
        index.remove(SPACE, user);
    }

    @Override
    public Search searcher(int @Nullable [] filter) {
        if (filter == null) {
            return (query, k, threshold) -> matches(index.search(SPACE, query, k, threshold));
        }
        Candidates candidates =
                Candidates.of(Arrays.stream(filter).mapToObj(Gallery::user).toList());
        return (query, k, threshold) -> matches(index.search(SPACE, query, k, threshold, candidates));
    }

    private static List<Match> matches(List<Hit> hits) {
        return hits.stream()
                .map(hit -> new Match(Gallery.row(hit.user()), hit.cosine()))
                .toList();
    }

    @Override
    public long mappedBytes() {
        return Memory.mappedBelow(folder);
    }

    @Override
    public long float32Rows() {
        return opened.vectors().getAsLong();
    }

    @Override
    public void close() {
        opened.close().run();
    }
}
