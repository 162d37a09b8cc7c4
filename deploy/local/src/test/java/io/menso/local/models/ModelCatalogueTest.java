package io.menso.local.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.local.models.InstalledModel.Origin;
import io.menso.local.stack.LauncherException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCatalogueTest {

    private static final String SOURCES = "inference-service/src/main/resources/models";
    private static final String APP = "inference-service/target/quarkus-app/app";

    @TempDir
    Path checkout;

    private Path models() {
        return checkout.resolve(".menso/models");
    }

    private ModelCatalogue catalogue(Map<String, String> environment) throws IOException {
        return ModelCatalogue.of(models(), checkout, environment);
    }

    private ModelCatalogue catalogue() throws IOException {
        return catalogue(Map.of());
    }

    private static void write(Path folder, String name, String revision, String task, String time) throws IOException {
        Path directory = Files.createDirectories(folder.resolve(name).resolve(revision));
        Files.writeString(
                directory.resolve("model.yaml"),
                "name: " + name + "\ntask: " + task + "\nparameters: 1000\nlicence: MIT\n");
        if (!time.isEmpty()) {
            Files.setLastModifiedTime(directory, FileTime.from(Instant.parse(time)));
        }
    }

    private void ship(String name, String revision, String task) throws IOException {
        write(checkout.resolve(SOURCES), name, revision, task, "");
    }

    private void pull(String name, String revision, String task, String time) throws IOException {
        write(models(), name, revision, task, time);
    }

    private List<String> inUse(Map<String, String> environment) throws IOException {
        ModelCatalogue catalogue = catalogue(environment);
        return catalogue.all().stream()
                .filter(catalogue::isInUse)
                .map(InstalledModel::toString)
                .toList();
    }

    private List<String> inUse() throws IOException {
        return inUse(Map.of());
    }

    private void pullAttributes(String name, String architecture) throws IOException {
        pull(name, "aaaaaaa", "attributes", "");
        Path yaml = models().resolve(name).resolve("aaaaaaa/model.yaml");
        Files.writeString(yaml, Files.readString(yaml) + "architecture: " + architecture + "\n");
    }

    @Test
    void attributesMayComeFromSeveralModels() throws IOException {
        pullAttributes("face_attributes_all_1K", "attributes");
        pullAttributes("face_attributes_emotion_1K", "faceapi-expression");
        pullAttributes("head_pose_1K", "fsanet");

        assertThat(inUse()).containsExactly("face_attributes_all_1K@aaaaaaa");
        catalogue().use("head_pose_1K", "latest");
        assertThat(inUse()).containsExactly("face_attributes_all_1K@aaaaaaa", "head_pose_1K@aaaaaaa");
        assertThat(inUse(Map.of("MENSO_INFERENCE_PREFERRED_ATTRIBUTES", "absent_1K")))
                .isEmpty();
    }

    @Test
    void nothingIsThere() throws IOException {
        assertThat(catalogue().all()).isEmpty();
        assertThatThrownBy(() -> catalogue().use("face_embedding_1M", "latest"))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("there are: none");
    }

    @Test
    void pulledComesBeforeBuiltInAndTheLatestFirst() throws IOException {
        ship("face_embedding_1M", "bbbbbbb", "embedding");
        ship("face_quality_9K", "ccccccc", "quality");
        pull("face_embedding_1M", "aaaaaa1", "embedding", "2026-01-01T00:00:00Z");
        pull("face_embedding_1M", "aaaaaa2", "embedding", "2026-02-01T00:00:00Z");

        assertThat(catalogue().all())
                .extracting(InstalledModel::toString)
                .containsExactly(
                        "face_embedding_1M@aaaaaa2",
                        "face_embedding_1M@aaaaaa1",
                        "face_embedding_1M@bbbbbbb",
                        "face_quality_9K@ccccccc");
        assertThat(catalogue().all())
                .extracting(InstalledModel::origin)
                .containsExactly(Origin.PULLED, Origin.PULLED, Origin.BUILT_IN, Origin.BUILT_IN);
        assertThat(inUse()).containsExactly("face_embedding_1M@aaaaaa2", "face_quality_9K@ccccccc");
    }

    @Test
    void aChoiceHoldsUntilTheNext() throws IOException {
        ship("face_embedding_1M", "bbbbbbb", "embedding");
        ship("face_detector_9K", "ccccccc", "detector");
        pull("face_embedding_1M", "aaaaaa1", "embedding", "2026-01-01T00:00:00Z");
        pull("face_detector_8K", "ddddddd", "detector", "2026-01-01T00:00:00Z");

        assertThat(catalogue().use("face_embedding_1M", "bbbbbbb").origin()).isEqualTo(Origin.BUILT_IN);
        catalogue().use("face_detector_9K", "latest");

        assertThat(inUse()).containsExactly("face_detector_9K@ccccccc", "face_embedding_1M@bbbbbbb");
        assertThat(models().resolve("preferred.yaml")).hasContent("""
                # Written by: menso models use
                detector: face_detector_9K
                embedding: face_embedding_1M@bbbbbbb
                """);

        catalogue().use("face_embedding_1M", "latest");

        assertThat(inUse()).containsExactly("face_embedding_1M@aaaaaa1", "face_detector_9K@ccccccc");
        try (Stream<Path> files = Files.list(models())) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void whatIsNotThereIsRefusedWithWhatIs() throws IOException {
        ship("face_embedding_1M", "bbbbbbb", "embedding");

        assertThatThrownBy(() -> catalogue().use("face_embedding_2M", "latest"))
                .isInstanceOf(LauncherException.class)
                .hasMessage("there is no model face_embedding_2M; there are: face_embedding_1M");
        assertThatThrownBy(() -> catalogue().use("face_embedding_1M", "0000000"))
                .isInstanceOf(LauncherException.class)
                .hasMessage("face_embedding_1M has no revision 0000000; it has: bbbbbbb, latest");
        assertThat(models()).doesNotExist();
    }

    @Test
    void settingOutranksTheChoice() throws IOException {
        ship("face_embedding_1M", "bbbbbbb", "embedding");
        pull("face_embedding_1M", "aaaaaa1", "embedding", "2026-01-01T00:00:00Z");
        Map<String, String> environment = Map.of("MENSO_INFERENCE_PREFERRED_EMBEDDING", "face_embedding_1M@bbbbbbb");

        assertThat(inUse(environment)).containsExactly("face_embedding_1M@bbbbbbb");
        assertThat(catalogue(environment).setting("embedding")).contains("MENSO_INFERENCE_PREFERRED_EMBEDDING");
        assertThat(catalogue(environment).setting("detector")).isEmpty();
    }

    @Test
    void chosenModelThatWasRemovedIsMissing() throws IOException {
        pull("face_embedding_1M", "aaaaaa1", "embedding", "2026-01-01T00:00:00Z");
        Files.writeString(models().resolve("preferred.yaml"), "embedding: face_embedding_1M@0000000\n");

        assertThat(inUse()).isEmpty();
        assertThat(catalogue().missing()).containsExactly(Map.entry("embedding", "face_embedding_1M@0000000"));
    }

    @Test
    void choiceThatCannotBeReadIsSaidToBe() throws IOException {
        pull("face_embedding_1M", "aaaaaa1", "embedding", "2026-01-01T00:00:00Z");
        Files.writeString(models().resolve("preferred.yaml"), "[");

        assertThatThrownBy(this::inUse)
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("preferred.yaml cannot be read");
    }

    @Test
    void descriptionThatCannotBeReadIsSaidToBe() throws IOException {
        pull("face_embedding_1M", "aaaaaa1", "embedding", "");
        Files.writeString(models().resolve("face_embedding_1M/aaaaaa1/model.yaml"), "name: [");

        assertThatThrownBy(this::catalogue)
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("model.yaml cannot be read");
    }

    @Test
    void builtServiceIsAskedRatherThanItsSources() throws IOException {
        ship("face_embedding_1M", "bbbbbbb", "embedding");
        Path jar = Files.createDirectories(checkout.resolve(APP)).resolve("menso-inference-service-0.1.0.jar");
        try (FileSystem content = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            write(content.getPath("models"), "face_embedding_1M", "eeeeeee", "embedding", "");
        }

        assertThat(catalogue().all()).extracting(InstalledModel::toString).containsExactly("face_embedding_1M@eeeeeee");
    }
}
