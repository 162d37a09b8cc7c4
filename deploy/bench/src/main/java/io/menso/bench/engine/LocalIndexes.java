package io.menso.bench.engine;

import io.menso.matching.index.LocalIndex;
import java.nio.file.Path;

/// Makes the index as the matching service does.
final class LocalIndexes {

    private LocalIndexes() {}

    /// @param strict  whether every bound is deterministic
    /// @param threads how many work on one search
    /// @param folder  for rows that it keeps in files
    static LocalIndex create(boolean strict, int threads, Path folder) {
        return LocalIndex.create();
    }
}
