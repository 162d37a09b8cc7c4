package io.menso.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.ApiException;
import io.menso.inference.Shipped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service with built-in models, while its operator pulls others and chooses among them.
class ModelChoiceTest {

    private static final String ANALYSIS = "face_analysis";
    private static final String EMBEDDING = "face_embedding_1K";

    @TempDir
    Path directory;

    private TestService service;
    private String builtIn;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectory(models());
        builtIn = Shipped.revision(EMBEDDING);
        service = new TestService(models(), Shipped.in(directory.resolve("cache")));
        service.start();
        await(service.registry::isReady);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Path models() {
        return directory.resolve("models");
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
    }

    private List<String> revisions() {
        return service.registry.current().revisions(EMBEDDING);
    }

    private String analysis() {
        return service.registry.current().newest(ANALYSIS).orElseThrow().revision();
    }

    private void prefer(String text) throws IOException {
        Path draft = Files.writeString(models().resolve(".draft"), text);
        Files.move(draft, models().resolve("preferred.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Pulls the built-in network under another description, and so another revision.
    private String pull() throws Exception {
        Path shipped = directory.resolve("cache").resolve(EMBEDDING).resolve(builtIn);
        byte[] yaml = Files.readString(shipped.resolve("model.yaml"))
                .replace("An untrained", "A pulled")
                .getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(yaml);
        Pattern.compile("\"([0-9a-f]{64})\"")
                .matcher(new String(yaml, StandardCharsets.UTF_8))
                .results()
                .forEach(sha256 -> digest.update(HexFormat.of().parseHex(sha256.group(1))));
        String revision = HexFormat.of().formatHex(digest.digest()).substring(0, 7);
        Path place = Files.createDirectories(models().resolve(EMBEDDING).resolve("." + revision));
        for (String file : List.of("face_embedding.onnx", "face_embedding.pt")) {
            Files.copy(shipped.resolve(file), place.resolve(file));
        }
        Files.write(place.resolve("model.yaml"), yaml);
        Files.move(place, place.resolveSibling(revision), StandardCopyOption.ATOMIC_MOVE);
        return revision;
    }

    @Test
    void builtInModelsServeByThemselves() {
        assertThat(service.registry.current().names())
                .contains(ANALYSIS, "face_detector_1K", EMBEDDING, "face_liveness_1K", "face_quality");
        assertThat(revisions()).containsExactly(builtIn);
        assertThat(service.models.calibration(builtIn).dimension()).isEqualTo(16);
    }

    @Test
    @DisplayName("F2: a pulled revision becomes the latest, and the built-in one stays callable")
    void pulledRevisionTakesOver() throws Exception {
        String before = analysis();

        String pulled = pull();

        await(() -> revisions().equals(List.of(pulled, builtIn)));
        assertThat(analysis()).isNotEqualTo(before);
        assertThat(service.models.describe(EMBEDDING).parameters().getFirst().allowed())
                .contains(List.of(pulled, builtIn, "latest"));
        assertThat(service.models.describe(EMBEDDING).description()).startsWith("A pulled");
        for (String revision : revisions()) {
            assertThat(service.registry.current().find(EMBEDDING, revision)).isPresent();
            assertThat(service.models.calibration(revision).revision()).isEqualTo(revision);
        }
    }

    @Test
    @DisplayName("F2: latest and face_analysis follow the operator's choice without a restart, there and back")
    void choiceIsFollowed() throws Exception {
        String withBuiltIn = analysis();
        String pulled = pull();
        await(() -> revisions().size() == 2);
        String withPulled = analysis();

        prefer("embedding: face_embedding_1K@" + builtIn);

        await(() -> revisions().equals(List.of(builtIn, pulled)));
        assertThat(analysis()).isEqualTo(withBuiltIn);

        prefer("embedding: face_embedding_1K");

        await(() -> revisions().equals(List.of(pulled, builtIn)));
        assertThat(analysis()).isEqualTo(withPulled);
    }

    @Test
    void whatWasChosenIsReplacedByNothingElse() throws Exception {
        prefer("embedding: face_embedding_1K@0000000");

        await(() -> service.registry.current().find(ANALYSIS, "latest").isEmpty());

        assertThatThrownBy(() -> service.models.describe(ANALYSIS)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(503);
            assertThat(e.body().reason()).contains("embedding", "face_embedding_1K@0000000");
        });
        assertThat(revisions()).containsExactly(builtIn);

        prefer("embedding: face_embedding_1K@" + builtIn);

        await(() -> service.registry.current().find(ANALYSIS, "latest").isPresent());
    }

    @Test
    void choiceThatCannotBeUnderstoodChangesNothing() throws Exception {
        String before = analysis();
        String pulled = pull();
        await(() -> revisions().contains(pulled));

        prefer("embedding: [");
        Files.delete(models().resolve(EMBEDDING).resolve(pulled).resolve("model.yaml"));

        Awaitility.await()
                .during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> revisions().contains(pulled) && !analysis().equals(before));
    }
}
