package io.menso.inference.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;

/// Prepares DJL before its first use: nothing is fetched or reported over the network, and native libraries unpack
/// into a folder of our own. What an operator sets by environment or system property stays.
@ApplicationScoped
public class Engines {

    private final EngineConfig config;

    @Inject
    public Engines(EngineConfig config) {
        this.config = config;
    }

    /// Sets the system properties that DJL reads when an engine starts.
    public void prepare() {
        Path cache = config.cacheDir()
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "menso-engines"))
                .toAbsolutePath();
        setUnlessSet("ai.djl.offline", "true");
        setUnlessSet("OPT_OUT_TRACKING", "true");
        // Else DJL loads libtorch beside ONNX Runtime, for operations on arrays that nothing here uses.
        setUnlessSet("ai.djl.onnx.disable_alternative", "true");
        setUnlessSet("DJL_CACHE_DIR", cache.toString());
        setUnlessSet("ENGINE_CACHE_DIR", cache.toString());
        setUnlessSet("ai.djl.pytorch.num_threads", Integer.toString(config.threads()));
        setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getenv(property) == null && System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
