package io.menso.inference.model;

import io.menso.commons.web.ApiException;
import io.menso.inference.bundle.BundleException;
import io.menso.inference.engine.Engines;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Holds the loaded models and follows the folder of bundles, so that a pulled model and another choice of models
/// serve without a restart.
@ApplicationScoped
public class ModelRegistry {

    private static final Logger LOG = Logger.getLogger(ModelRegistry.class);
    private static final long GRACE_SECONDS = 60;
    private static final int BUNDLE_DEPTH = 3;

    private final ModelLoader loader;
    private final Engines engines;
    private final ModelConfig config;
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("models").factory());
    private volatile LoadedModels models = LoadedModels.none();
    private volatile boolean ready;
    private List<String> seen = List.of();

    @Inject
    public ModelRegistry(ModelLoader loader, Engines engines, ModelConfig config) {
        this.loader = loader;
        this.engines = engines;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (!config.serve()) {
            return;
        }
        engines.prepare();
        var _ = watcher.scheduleWithFixedDelay(
                this::follow, 0, config.modelsCheckEvery().toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        watcher.shutdownNow();
        models.close();
    }

    /// Whether the first loading is over, with or without models.
    public boolean isReady() {
        return ready;
    }

    /// What is loaded, possibly nothing.
    ///
    /// @throws ApiException 503 while models are being loaded for the first time
    LoadedModels current() {
        if (!ready) {
            throw ApiException.unavailable("The models are being loaded; try again");
        }
        return models;
    }

    private void follow() {
        try {
            List<String> found = bundles(config.modelsDir());
            if (!ready || !found.equals(seen)) {
                replace(loader.load());
                seen = found;
            }
        } catch (BundleException e) {
            LOG.errorf("models cannot be loaded: problem=%s", e.getMessage());
        } catch (RuntimeException | IOException | LinkageError e) {
            LOG.errorf(e, "models cannot be loaded");
        }
    }

    private void replace(LoadedModels loaded) {
        LoadedModels former = models;
        models = loaded;
        ready = true;
        LOG.infof("models ready: count=%d", loaded.names().size());
        if (loaded.isEmpty()) {
            LOG.warn("no models are installed; run: menso models pull");
        }
        var _ = watcher.schedule(former::close, GRACE_SECONDS, TimeUnit.SECONDS);
    }

    private static List<String> bundles(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory, BUNDLE_DEPTH)) {
            return files.filter(file -> !directory.relativize(file).toString().startsWith("."))
                    .filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file) + " "
                            + file.toFile().lastModified() + " " + file.toFile().length())
                    .sorted()
                    .toList();
        }
    }
}
