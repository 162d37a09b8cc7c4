package io.menso.inference.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.inference.bundle.Weights.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bundles that this service ships.
class ShippedBundlesTest {

    /// What all of them together may weigh.
    private static final long MOST_BYTES = 16 << 20;

    @TempDir
    static Path cache;

    private static List<ModelBundle> bundles() {
        return BuiltInBundles.ofService(cache).bundles();
    }

    @Test
    void everyLineOfTheIndexIsABundleThatCanBeUsed() throws IOException {
        try (InputStream in = Objects.requireNonNull(ShippedBundlesTest.class.getResourceAsStream("/models/index"))) {
            String index = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(bundles())
                    .extracting(bundle -> bundle.name() + "/" + bundle.revision())
                    .containsExactlyElementsOf(index.lines().toList());
        }
    }

    @Test
    void allRunOnProcessorsAndOnGraphicsCards() {
        assertThat(bundles())
                .allSatisfy(bundle -> assertThat(bundle.networks()).allSatisfy(network -> {
                    assertThat(network.in(Format.ONNX)).isPresent();
                    assertThat(network.in(Format.TORCHSCRIPT)).isPresent();
                }));
    }

    @Test
    void allTogetherAreSmall() throws IOException {
        long bytes = 0;
        for (ModelBundle bundle : bundles()) {
            for (Weights file : bundle.weights()) {
                bytes += Files.size(bundle.path(file));
            }
        }

        assertThat(bytes).isBetween(1L, MOST_BYTES);
    }
}
