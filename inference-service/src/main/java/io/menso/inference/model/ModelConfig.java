package io.menso.inference.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Which models are served.
@ConfigMapping(prefix = "menso.inference")
public interface ModelConfig {

    /// Folder of pulled model bundles, see `deploy/docs/contracts.md`.
    @WithName("models-dir")
    @WithDefault("models")
    Path modelsDir();

    /// Folder into which the built-in bundles are unpacked (at most 16 MiB); services of one machine may share it.
    /// Default: `menso-models` in the temporary folder.
    @WithName("models-cache-dir")
    Optional<Path> modelsCacheDir();

    /// Which model is in use for a task (`detector`, `liveness`, `embedding`, ...): `name` or `name@revision`. It
    /// outranks what `menso models use` wrote. Default: a pulled one, else the built-in one.
    Map<String, String> preferred();

    /// Whether models are loaded to serve requests. A run that only evaluates opens the ones it needs by itself.
    @WithDefault("true")
    boolean serve();

    /// How often the folder of pulled bundles is looked at, for bundles that were added or taken away and for
    /// another choice.
    @WithName("models-check-every")
    @WithDefault("PT5S")
    Duration modelsCheckEvery();
}
