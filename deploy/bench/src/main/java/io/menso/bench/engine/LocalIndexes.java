package io.menso.bench.engine;

import io.menso.matching.index.VectorIndex;
import io.menso.matching.index.local.LocalIndex;
import io.menso.matching.index.local.LocalIndexOptions;
import io.menso.matching.index.local.Mode;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/// Makes the index as the matching service does.
final class LocalIndexes {

    /// An index in use.
    ///
    /// @param index   what searches
    /// @param vectors float32 rows that it has read so far
    /// @param close   gives its memory back
    record Opened(VectorIndex index, LongSupplier vectors, Runnable close) {}

    private LocalIndexes() {}

    /// @param strict  whether every bound is deterministic
    /// @param threads how many work on one search
    /// @param folder  for rows that it keeps in files
    static Opened create(boolean strict, int threads, Path folder) {
        HelperThreads helpers = new HelperThreads(threads);
        Mode mode = strict ? Mode.STRICT : Mode.STANDARD;
        LocalIndex index = LocalIndex.create(new LocalIndexOptions(mode, folder, helpers));
        return new Opened(index, () -> index.statistics().vectors(), () -> {
            index.close();
            helpers.close();
        });
    }
}
