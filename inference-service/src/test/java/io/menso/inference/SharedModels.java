package io.menso.inference;

import io.menso.local.models.ModelInstaller;
import io.menso.testing.InternalTokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Installs the pinned models from the shared folder under `target/`, and the key that checks internal tokens.
///
/// Without the shared folder the service starts without models, and tests that need them are skipped.
public class SharedModels implements QuarkusTestResourceLifecycleManager {

    private static final Path TARGET = Path.of("target");

    /// The shared folder of weights and photographs.
    public static Path shared() {
        return Path.of(System.getProperty("menso.shared", "../../shared"));
    }

    public static boolean available() {
        return Files.isDirectory(shared().resolve("models")) && Files.isDirectory(shared().resolve("photos"));
    }

    @Override
    public Map<String, String> start() {
        try {
            Path models = TARGET.resolve("test-models").toAbsolutePath();
            Files.createDirectories(models);
            if (available()) {
                ModelInstaller.pull(models, Optional.of(shared().resolve("models")), _ -> {});
            }
            Path keys = InternalTokens.writePublicKeys(Files.createDirectories(TARGET.resolve("test-keys")));
            return Map.of(
                    "quarkus.http.test-port", "0",
                    "quarkus.management.test-port", "0",
                    "mp.jwt.verify.publickey.location", keys.toUri().toString(),
                    "menso.inference.models-dir", models.toString(),
                    "menso.inference.models-cache-dir",
                            TARGET.resolve("test-built-in").toAbsolutePath().toString(),
                    "menso.inference.engine.cache-dir",
                            TARGET.resolve("test-engines").toAbsolutePath().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}
