package io.menso.matching.index;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How the index is filled at the start.
@ConfigMapping(prefix = "menso.matching.index")
public interface IndexConfig {

    /// Templates read from the database at a time; a larger page is faster and holds more memory.
    @WithDefault("2000")
    int loadPage();
}
