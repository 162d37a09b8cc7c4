package io.menso.inference.model;

import io.menso.inference.bundle.BuiltInBundles;
import io.menso.inference.bundle.ModelBundles;
import io.menso.inference.bundle.Preferences;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;

/// The bundles that this service has at a time, and which of them are preferred.
@ApplicationScoped
public class InstalledBundles {

    private final ModelConfig config;
    private final BuiltInBundles builtIn;

    @Inject
    public InstalledBundles(ModelConfig config) {
        this(config, BuiltInBundles.ofService(cache(config)));
    }

    InstalledBundles(ModelConfig config, BuiltInBundles builtIn) {
        this.config = config;
        this.builtIn = builtIn;
    }

    /// Reads and verifies all of them, as they lie there now.
    ///
    /// @throws io.menso.inference.bundle.BundleException when the operator's choice cannot be understood
    public ModelBundles read() {
        Preferences preferences = Preferences.read(config.preferred(), config.modelsDir());
        return ModelBundles.read(config.modelsDir(), builtIn, preferences);
    }

    private static Path cache(ModelConfig config) {
        return config.modelsCacheDir().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "menso-models"));
    }
}
