package io.menso.inference.bundle;

import static io.menso.inference.bundle.BundleFixture.DIGEST;
import static io.menso.inference.bundle.BundleFixture.WEIGHTS;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Resources of a service that ships small bundles.
final class ShippedFixture implements BuiltInBundles.Resources {

    final Map<String, byte[]> files = new ConcurrentHashMap<>();

    /// Ships a bundle.
    ///
    /// @return its revision
    String add(String yaml) {
        String name = yaml.lines().findFirst().orElseThrow().substring("name: ".length());
        String revision =
                Revision.of(yaml.getBytes(UTF_8), List.of(new Weights("net.onnx", Weights.Format.ONNX, DIGEST)));
        String entry = name + "/" + revision;
        files.put(entry + "/model.yaml", yaml.getBytes(UTF_8));
        files.put(entry + "/net.onnx", WEIGHTS);
        files.merge(
                "index",
                (entry + "\n").getBytes(UTF_8),
                (a, b) -> (new String(a, UTF_8) + new String(b, UTF_8)).getBytes(UTF_8));
        return revision;
    }

    @Override
    public @Nullable InputStream open(String path) {
        byte[] content = files.get(path);
        return content == null ? null : new ByteArrayInputStream(content);
    }
}
