package io.menso.matching.index;

import io.menso.matching.index.local.Mode;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.util.Optional;

/// Which index is used and how it is filled at the start.
@ConfigMapping(prefix = "menso.matching.index")
public interface IndexConfig {

    /// Where vectors are searched.
    enum Engine {
        /// In this process's memory.
        LOCAL,
        /// In Apache Pinot, see `menso.matching.pinot`.
        PINOT
    }

    /// `menso.matching.index` itself: `local` or `pinot`. Pinot holds more than one node's memory and answers
    /// later.
    @WithParentName
    @WithDefault("local")
    Engine engine();

    /// How the local index prunes: `standard` misses a row with a probability of at most 1e-9 a search, `strict`
    /// never and takes longer.
    @WithDefault("standard")
    Mode mode();

    /// Where the local index keeps its rows over restarts, sealed under the tenants' data keys: about 1.2 times as
    /// much room as the templates take in the database. One process alone may use the directory. Without it
    /// vectors go to an unnamed temporary file, and each start reads all templates from the database.
    Optional<Path> directory();

    /// Templates read from the database at a time; a larger page is faster and holds more memory.
    @WithDefault("2000")
    int loadPage();
}
