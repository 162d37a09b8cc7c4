package io.menso.inference;

import io.menso.inference.bundle.BuiltInBundles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The small untrained networks of `src/test/resources/shipped`, as if a service shipped them; written by
/// `training/fixtures.py`.
public final class Shipped {

    private static final String FOLDER = "/shipped/";

    private Shipped() {}

    /// @param cache where they are unpacked
    public static BuiltInBundles in(Path cache) {
        return new BuiltInBundles(path -> Shipped.class.getResourceAsStream(FOLDER + path), cache);
    }

    /// Revision of the shipped bundle of a model.
    public static String revision(String name) throws IOException {
        try (InputStream in = Shipped.class.getResourceAsStream(FOLDER + "index")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.stream()
                    .filter(line -> line.startsWith(name + "/"))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
