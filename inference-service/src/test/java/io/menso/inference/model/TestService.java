package io.menso.inference.model;

import io.menso.inference.Settings;
import io.menso.inference.analysis.FrameAnalyser;
import io.menso.inference.batch.BatchConfig;
import io.menso.inference.batch.FramePool;
import io.menso.inference.bundle.BuiltInBundles;
import io.menso.inference.checks.ChecksConfig;
import io.menso.inference.checks.FrameChecks;
import io.menso.inference.checks.SequenceChecks;
import io.menso.inference.detect.DetectConfig;
import io.menso.inference.engine.EngineConfig;
import io.menso.inference.engine.Engines;
import io.menso.inference.engine.NetworkFactory;
import io.menso.inference.image.ImageConfig;
import io.menso.inference.image.ImageDecoder;
import io.menso.inference.upload.UploadConfig;
import io.menso.inference.upload.Uploads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.util.Map;

/// The models of a service, put together as the container does, with built-in bundles of the test's own.
final class TestService implements AutoCloseable {

    final ModelRegistry registry;
    final ModelService models;

    /// @param directory where pulled bundles lie
    TestService(Path directory, BuiltInBundles builtIn) {
        ModelConfig config = Settings.of(
                ModelConfig.class,
                Map.of(
                        "menso.inference.models-dir",
                        directory.toString(),
                        "menso.inference.models-check-every",
                        "PT0.02S"));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        BatchConfig batch = Settings.of(BatchConfig.class);
        ImageConfig images = Settings.of(ImageConfig.class);
        ImageDecoder decoder = new ImageDecoder(images);
        ChecksConfig checks = Settings.of(ChecksConfig.class);
        EngineConfig engine = Settings.of(EngineConfig.class);
        ModelLoader loader = new ModelLoader(
                new InstalledBundles(config, builtIn),
                new StageFactory(new NetworkFactory(engine), batch, Settings.of(DetectConfig.class), meters),
                new FrameAnalyser(decoder, new FramePool(batch, meters), batch),
                decoder,
                new FrameChecks(checks),
                new SequenceChecks(checks),
                checks,
                batch);
        registry = new ModelRegistry(loader, new Engines(engine), config);
        models = new ModelService(registry, new Uploads(Settings.of(UploadConfig.class), images, meters));
    }

    void start() {
        registry.start(new StartupEvent());
    }

    @Override
    public void close() {
        registry.stop(new ShutdownEvent());
    }
}
