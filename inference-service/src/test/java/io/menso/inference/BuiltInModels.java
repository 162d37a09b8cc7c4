package io.menso.inference;

import io.menso.testing.InternalTokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A service as on a fresh machine: no pulled models, and an empty cache for the built-in ones.
public class BuiltInModels implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try {
            Path fresh = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "fresh-");
            Path keys = InternalTokens.writePublicKeys(fresh);
            return Map.of(
                    "quarkus.http.test-port", "0",
                    "quarkus.management.test-port", "0",
                    "mp.jwt.verify.publickey.location", keys.toUri().toString(),
                    "menso.inference.models-dir", fresh.resolve("models").toString(),
                    "menso.inference.models-cache-dir",
                            fresh.resolve("built-in").toString(),
                    "menso.inference.engine.cache-dir",
                            Path.of("target/test-engines").toAbsolutePath().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}
