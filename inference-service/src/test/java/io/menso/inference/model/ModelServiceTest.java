package io.menso.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.menso.commons.web.ApiException;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service without models.
class ModelServiceTest {

    @TempDir
    Path directory;

    private ModelRegistry registry;
    private ModelService service;

    @BeforeEach
    void build() {
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
        StageFactory stages =
                new StageFactory(new NetworkFactory(engine), batch, Settings.of(DetectConfig.class), meters);
        ModelLoader loader = new ModelLoader(
                new InstalledBundles(config, new BuiltInBundles(_ -> null, directory.resolve("cache"))),
                stages,
                new FrameAnalyser(decoder, new FramePool(batch, meters), batch),
                decoder,
                new FrameChecks(checks),
                new SequenceChecks(checks),
                checks,
                batch);
        registry = new ModelRegistry(loader, new Engines(engine), config);
        service = new ModelService(registry, new Uploads(Settings.of(UploadConfig.class), images, meters));
    }

    @AfterEach
    void stop() {
        registry.stop(new ShutdownEvent());
    }

    private void assertUnavailable(String model, String reason) {
        assertThatThrownBy(() -> service.describe(model)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(503);
            assertThat(e.headers()).containsKey("Retry-After");
            assertThat(e.body().reason()).contains(reason);
        });
    }

    @Test
    void isNotReadyBeforeItHasLooked() {
        assertThat(new ModelsReadyCheck(registry).call().getStatus().name()).isEqualTo("DOWN");
        assertUnavailable("face_analysis", "being loaded");
    }

    @Test
    void withoutBundlesItIsReadyAndSaysWhatToDo() {
        registry.start(new StartupEvent());
        await().until(registry::isReady);

        assertThat(new ModelsReadyCheck(registry).call().getStatus().name()).isEqualTo("UP");
        assertThat(registry.current().names()).isEmpty();
        assertUnavailable("face_analysis", "menso models pull");
        assertUnavailable("face_detector_76K", "menso models pull");
    }

    @Test
    void aBrokenBundleIsLeftOutAndTheServiceGoesOn() throws IOException {
        Path bundle = Files.createDirectories(directory.resolve("face_detector_1K/1234567"));
        Files.writeString(bundle.resolve("model.yaml"), "name: [nonsense");
        registry.start(new StartupEvent());

        await().atMost(Duration.ofSeconds(10)).until(registry::isReady);

        assertThat(registry.current().isEmpty()).isTrue();
    }
}
