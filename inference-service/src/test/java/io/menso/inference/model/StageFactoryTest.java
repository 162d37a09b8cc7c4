package io.menso.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.ApiException;
import io.menso.inference.Settings;
import io.menso.inference.Shipped;
import io.menso.inference.batch.BatchConfig;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.bundle.Task;
import io.menso.inference.detect.DetectConfig;
import io.menso.inference.detect.FaceDetector;
import io.menso.inference.embedding.Embedder;
import io.menso.inference.engine.EngineConfig;
import io.menso.inference.engine.NetworkFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageFactoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path cache;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StageFactory factory = new StageFactory(
            new NetworkFactory(Settings.of(EngineConfig.class)),
            Settings.of(BatchConfig.class),
            Settings.of(DetectConfig.class),
            meters);

    private ModelBundle bundle(Task task) {
        return Shipped.in(cache).bundles().stream()
                .filter(bundle -> bundle.task() == task)
                .findFirst()
                .orElseThrow();
    }

    private int queues() {
        return meters.find("menso.inference.queue").gauges().size();
    }

    @Test
    void networkThatStaysInUseRunsOnWithItsMetrics() {
        Embedder former = factory.embedder(bundle(Task.EMBEDDING));
        Embedder next = factory.embedder(bundle(Task.EMBEDDING));
        assertThat(queues()).isOne();

        former.close();

        assertThat(next.warmUp(PATIENCE)).isEqualTo(16);
        assertThat(queues()).isOne();

        next.close();

        assertThat(queues()).isZero();
        assertThatThrownBy(() -> next.warmUp(PATIENCE)).isInstanceOf(ApiException.class);
    }

    @Test
    void networkThatEndedIsLoadedAgain() {
        factory.embedder(bundle(Task.EMBEDDING)).close();

        try (Embedder again = factory.embedder(bundle(Task.EMBEDDING))) {
            assertThat(again.warmUp(PATIENCE)).isEqualTo(16);
        }
    }

    @Test
    void bundlesDoNotMeet() {
        try (Embedder embedder = factory.embedder(bundle(Task.EMBEDDING));
                FaceDetector detector = factory.detector(bundle(Task.DETECTOR))) {
            detector.warmUp();
            assertThat(embedder.warmUp(PATIENCE)).isEqualTo(16);
            assertThat(queues()).isEqualTo(2);
        }
    }

    @Test
    void architectureThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> factory.liveness(bundle(Task.EMBEDDING)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arcface");
    }
}
