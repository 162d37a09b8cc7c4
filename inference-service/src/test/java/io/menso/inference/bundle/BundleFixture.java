package io.menso.inference.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/// Writes small bundles for tests.
final class BundleFixture {

    static final byte[] WEIGHTS = "not really a network".getBytes(UTF_8);
    static final String DIGEST = HexFormat.of().formatHex(Revision.sha256().digest(WEIGHTS));
    static final String DETECTOR = """
            name: face_detector_76K
            task: detector
            description: Finds faces.
            licence: Apache-2.0
            source: https://example.org/0123456789
            parameters: 75856
            architecture: yunet
            input: {width: 320, height: 320, colour: BGR, mean: [0, 0, 0], std: [1, 1, 1]}
            weights:
              - {file: net.onnx, format: onnx, sha256: "%s"}
            thresholds: {score: 0.6}
            """.formatted(DIGEST);

    private BundleFixture() {}

    /// Writes a bundle into the folder that its name and content ask for.
    static Path write(Path models, String yaml) throws IOException {
        String name = yaml.lines().findFirst().orElseThrow().substring("name: ".length());
        String revision =
                Revision.of(yaml.getBytes(UTF_8), List.of(new Weights("net.onnx", Weights.Format.ONNX, DIGEST)));
        return write(models.resolve(name).resolve(revision), yaml, WEIGHTS);
    }

    static Path write(Path directory, String yaml, byte[] weights) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("model.yaml"), yaml);
        Files.write(directory.resolve("net.onnx"), weights);
        return directory;
    }
}
