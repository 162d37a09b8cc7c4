package io.menso.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.menso.commons.web.ApiException;
import io.menso.inference.bundle.BuiltInBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service without models.
class ModelServiceTest {

    @TempDir
    Path directory;

    private TestService service;

    @BeforeEach
    void build() {
        service = new TestService(directory, new BuiltInBundles(_ -> null, directory.resolve("cache")));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void assertUnavailable(String model, String reason) {
        assertThatThrownBy(() -> service.models.describe(model)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(503);
            assertThat(e.headers()).containsKey("Retry-After");
            assertThat(e.body().reason()).contains(reason);
        });
    }

    @Test
    void isNotReadyBeforeItHasLooked() {
        assertThat(new ModelsReadyCheck(service.registry).call().getStatus().name())
                .isEqualTo("DOWN");
        assertUnavailable("face_analysis", "being loaded");
    }

    @Test
    void withoutBundlesItIsReadyAndSaysWhatToDo() {
        service.start();
        await().until(service.registry::isReady);

        assertThat(new ModelsReadyCheck(service.registry).call().getStatus().name())
                .isEqualTo("UP");
        assertThat(service.registry.current().names()).isEmpty();
        assertUnavailable("face_analysis", "menso models pull");
        assertUnavailable("face_detector_76K", "menso models pull");
    }

    @Test
    void aBrokenBundleIsLeftOutAndTheServiceGoesOn() throws IOException {
        Path bundle = Files.createDirectories(directory.resolve("face_detector_1K/1234567"));
        Files.writeString(bundle.resolve("model.yaml"), "name: [nonsense");
        service.start();

        await().atMost(Duration.ofSeconds(10)).until(service.registry::isReady);

        assertThat(service.registry.current().isEmpty()).isTrue();
    }
}
