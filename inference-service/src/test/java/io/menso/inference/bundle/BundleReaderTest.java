package io.menso.inference.bundle;

import static io.menso.inference.bundle.BundleFixture.DETECTOR;
import static io.menso.inference.bundle.BundleFixture.DIGEST;
import static io.menso.inference.bundle.BundleFixture.WEIGHTS;
import static io.menso.inference.bundle.BundleFixture.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleReaderTest {

    @TempDir
    Path models;

    @Test
    void bundleIsReadAsWritten() throws IOException {
        Path directory = write(models, DETECTOR);

        ModelBundle bundle = BundleReader.read(directory, Origin.PULLED);

        assertThat(bundle.name()).isEqualTo("face_detector_76K");
        assertThat(bundle.task()).isEqualTo(Task.DETECTOR);
        assertThat(bundle.parameters()).isEqualTo(75856);
        assertThat(bundle.input())
                .isEqualTo(new InputSpec(320, 320, InputSpec.Colour.BGR, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)));
        assertThat(bundle.weights()).containsExactly(new Weights("net.onnx", Weights.Format.ONNX, DIGEST));
        assertThat(bundle.path(bundle.weights().getFirst())).isEqualTo(directory.resolve("net.onnx"));
        assertThat(bundle.threshold("score", 0.1)).isEqualTo(0.6);
        assertThat(bundle.threshold("overlap", 0.3)).isEqualTo(0.3);
        assertThat(bundle.calibration()).isEmpty();
        assertThat(bundle).hasToString("face_detector_76K@" + bundle.revision());
    }

    @Test
    void revisionIsTheDigestOfYamlAndWeights() throws IOException {
        var digest = Revision.sha256();
        digest.update(DETECTOR.getBytes(UTF_8));
        digest.update(Revision.sha256().digest(WEIGHTS));

        ModelBundle bundle = BundleReader.read(write(models, DETECTOR), Origin.PULLED);

        assertThat(bundle.revision())
                .isEqualTo(HexFormat.of().formatHex(digest.digest()).substring(0, 7));
    }

    @Test
    void embeddingCarriesItsCalibrationAndWeightsTheirVariant() throws IOException {
        String yaml = DETECTOR.replace("task: detector", "task: embedding")
                        .replace("format: onnx", "format: torchscript, variant: MiniFASNetV2, crop_scale: 2.7")
                        .replace("std: [1, 1, 1]", "std: [1, 1, 1], batch: 1")
                + "calibration:\n  - {cosine: -1, score: 0, fmr: 1}\n  - {cosine: 0.43, score: 0.5, fmr: 0.0001}\n";

        ModelBundle bundle = BundleReader.read(write(models, yaml), Origin.PULLED);

        assertThat(bundle.calibration().orElseThrow().defaultThreshold()).isEqualTo(0.5);
        assertThat(bundle.input().batch()).hasValue(1);
        assertThat(bundle.weights().getFirst().variant()).contains("MiniFASNetV2");
        assertThat(bundle.weights().getFirst().cropScale()).hasValue(2.7);
    }

    @ParameterizedTest(name = "{2}: {0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            task: detector        | task: oracle                | task must be one of
            parameters: 75856     | parameters: 750000          | does not fit parameters
            parameters: 75856     | parameters: '"75856"'       | parameters
            name: face_detector_76K | name: ../face_detector_76K | name must be
            name: face_detector_76K | name: face_detector       | name must be
            licence: Apache-2.0   | licence: ''                 | licence is empty
            architecture: yunet   | architecture: a/b           | architecture
            width: 320            | width: 0                    | input.width
            width: 320            | width: 99999                | input.width
            colour: BGR           | colour: CMYK                | CMYK
            std: [1, 1, 1]        | std: [1, 0, 1]              | input.std
            thresholds: {score: 0.6} | colour: BGR                 | colour
            thresholds: {score: 0.6} | thresholds: {score: ~}   | finite
            std: [1, 1, 1]        | std: [1, 1]                 | input.std
            std: [1, 1, 1]        | std: [1, 1, 1], depth: 3    | depth
            std: [1, 1, 1]        | std: [1, 1, 1], batch: 0    | input.batch
            file: net.onnx        | file: ../net.onnx           | plain file name
            file: net.onnx        | file: /etc/passwd           | plain file name
            file: net.onnx        | file: .hidden               | plain file name
            file: net.onnx        | file: absent.onnx           | missing
            format: onnx          | format: pickle              | format must be one of
            format: onnx          | format: onnx, crop_scale: 99 | crop_scale
            thresholds: {score: 0.6} | thresholds: {score: .nan} | numeric
            thresholds: {score: 0.6} | calibration: []          | calibration belongs
            thresholds: {score: 0.6} | name: twice              | Duplicate
            """)
    void wrongMemberIsRefusedWithItsName(String before, String after, String said) throws IOException {
        assertThat(DETECTOR).contains(before);
        Path directory = write(models.resolve("face_detector_76K/0000000"), DETECTOR.replace(before, after), WEIGHTS);

        assertThatThrownBy(() -> BundleReader.read(directory, Origin.PULLED))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({"name", "task", "licence", "source", "description", "parameters", "architecture", "input", "weights"})
    void missingMemberIsRefused(String member) throws IOException {
        String yaml = DETECTOR.replaceAll("(?m)^" + member + ":.*\n(  .*\n)*", "");
        Path directory = write(models.resolve("face_detector_76K/0000000"), yaml, WEIGHTS);

        assertThatThrownBy(() -> BundleReader.read(directory, Origin.PULLED))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(member);
    }

    @ParameterizedTest
    @CsvSource({"''", "'{'", "'- a list'", "42"})
    void textThatIsNoModelIsRefused(String yaml) throws IOException {
        Path directory = write(models.resolve("face_detector_76K/0000000"), yaml, WEIGHTS);

        assertThatThrownBy(() -> BundleReader.read(directory, Origin.PULLED)).isInstanceOf(BundleException.class);
    }

    @Test
    void changedWeightsAreRefused() throws IOException {
        Path directory = write(models, DETECTOR);
        Files.writeString(directory.resolve("net.onnx"), "something else");

        assertThatThrownBy(() -> BundleReader.read(directory, Origin.PULLED))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("net.onnx has SHA-256")
                .hasMessageContaining("instead of " + DIGEST);
    }

    @Test
    void linkOutOfTheBundleIsRefused() throws IOException {
        Path directory = write(models, DETECTOR);
        Path outside = Files.write(models.resolve("outside"), WEIGHTS);
        Files.delete(directory.resolve("net.onnx"));
        Files.createSymbolicLink(directory.resolve("net.onnx"), outside);

        assertThatThrownBy(() -> BundleReader.read(directory, Origin.PULLED)).hasMessageContaining("inside the bundle");
    }

    @Test
    void folderWithAnotherNameIsRefused() throws IOException {
        Path wrongRevision = write(models.resolve("face_detector_76K/0000000"), DETECTOR, WEIGHTS);
        Path right = write(models, DETECTOR);
        Path wrongName = write(models.resolve("x").resolve(right.toFile().getName()), DETECTOR, WEIGHTS);

        assertThatThrownBy(() -> BundleReader.read(wrongRevision, Origin.PULLED))
                .hasMessageContaining("folder must be called");
        assertThatThrownBy(() -> BundleReader.read(wrongName, Origin.PULLED))
                .hasMessageContaining("folder must be called");
    }

    @Test
    void endlessDescriptionIsRefused() throws IOException {
        Path directory = write(models.resolve("face_detector_76K/0000000"), DETECTOR + "#".repeat(300_000), WEIGHTS);

        assertThatThrownBy(() -> BundleReader.read(directory, Origin.PULLED)).hasMessageContaining("longer than");
    }
}
