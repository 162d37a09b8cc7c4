package io.menso.matching.index.local;

import io.menso.matching.index.Splitter;
import java.nio.file.Path;

/// How the local index works.
///
/// @param mode      how bounds are made
/// @param directory for sealed rows: about 1.2 times as much room as the templates take in the database
/// @param splitter  who helps with large searches
public record LocalIndexOptions(Mode mode, Path directory, Splitter splitter) {

    /// Standard bounds, files among the temporary ones, and searches on their caller's thread.
    public static LocalIndexOptions defaults() {
        return new LocalIndexOptions(Mode.STANDARD, Path.of(System.getProperty("java.io.tmpdir")), Splitter.serial());
    }

    public LocalIndexOptions with(Mode other) {
        return new LocalIndexOptions(other, directory, splitter);
    }

    public LocalIndexOptions with(Path other) {
        return new LocalIndexOptions(mode, other, splitter);
    }

    public LocalIndexOptions with(Splitter other) {
        return new LocalIndexOptions(mode, directory, other);
    }
}
