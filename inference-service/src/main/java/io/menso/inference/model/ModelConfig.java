package io.menso.inference.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Which models are served.
@ConfigMapping(prefix = "menso.inference")
public interface ModelConfig {

    /// Folder of model bundles, see `deploy/docs/contracts.md`.
    @WithName("models-dir")
    @WithDefault("models")
    Path modelsDir();

    /// Which model `face_analysis` uses for a task (`detector`, `liveness`, `embedding`) when several are installed.
    /// Default: the first by name.
    Map<String, String> preferred();

    /// How often the folder is looked at for bundles that were added or taken away.
    @WithName("models-check-every")
    @WithDefault("PT5S")
    Duration modelsCheckEvery();
}
