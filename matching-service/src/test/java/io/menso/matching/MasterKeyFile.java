package io.menso.matching;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A master key that lives as long as the test JVM.
public class MasterKeyFile implements QuarkusTestResourceLifecycleManager {

    private @Nullable Path file;

    @Override
    public Map<String, String> start() {
        try {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            file = Files.createTempFile("master", ".key");
            Files.writeString(file, Base64.getEncoder().encodeToString(key));
            return Map.of("menso.matching.master-key-file", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (file != null) {
            file.toFile().delete();
        }
    }
}
