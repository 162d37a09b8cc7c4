package io.menso.local.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;

/// What networks answered in PyTorch, recorded by `inference-service/training/reference.py`, which reads
/// upstream's files by itself and makes the same pictures.
public final class Reference {

    /// Largest difference from the recorded number, in shares of the larger of it and 1.
    private static final double TOLERANCE = 1e-4;

    private final JsonNode outputs;

    private Reference(JsonNode outputs) {
        this.outputs = outputs;
    }

    /// @param network as the file of records names it
    public static Reference of(String network) throws IOException {
        JsonNode outputs = new JsonMapper().readTree(resource("reference.json")).path(network);
        assertThat(outputs.isObject()).as("recorded outputs of " + network).isTrue();
        return new Reference(outputs);
    }

    /// A file of the shared folder of models; without the folder the test is skipped.
    public static byte[] shared(String file) throws IOException {
        Path models = Path.of(System.getProperty("menso.shared", "../../../shared"), "models");
        assumeThat(models)
                .as("skipped: others' weights, which are not part of this repository, are read from menso.shared")
                .isDirectory();
        return Files.readAllBytes(models.resolve(file));
    }

    /// Three pictures as planes of bytes: noise, a ramp, and a face of nobody. Noise and ramp are a few integer
    /// operations, which every language does alike; the face is a composite of 112 x 112, cut at the top left.
    public static float[] pictures(int side) throws IOException {
        int plane = side * side;
        float[] planes = new float[9 * plane];
        for (int i = 0; i < 3 * plane; i++) {
            planes[i] = (i * 7919L + i / side * 104729L) % 256;
            planes[3 * plane + i] = i % side * 255 / side;
        }
        BufferedImage face = ImageIO.read(resource("face.png"));
        for (int i = 0; i < 3 * plane; i++) {
            int rgb = face.getRGB(i % side, i % plane / side);
            planes[6 * plane + i] = rgb >> 16 - 8 * (i / plane) & 0xFF;
        }
        return planes;
    }

    /// Every output is there, and every number is the recorded one.
    public void assertAgrees(Map<String, float[]> actual) {
        assertThat(actual.keySet()).containsExactlyElementsOf(outputs::fieldNames);
        actual.forEach((name, values) -> {
            assertThat(values).as(name).hasSize(outputs.path(name).size());
            for (int i = 0; i < values.length; i++) {
                double expected = outputs.path(name).get(i).doubleValue();
                assertThat((double) values[i])
                        .as("%s[%d]", name, i)
                        .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
            }
        });
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Reference.class.getResourceAsStream(name), name);
    }
}
