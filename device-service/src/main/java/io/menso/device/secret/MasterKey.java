package io.menso.device.secret;

import io.menso.commons.data.EnvelopeCipher;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Reads the master key when the service starts: without it no secret could be made or read.
class MasterKey {

    static final String SETTING = "menso.device.master-key-file";

    /// @throws IllegalStateException when the setting is missing, or its file does not hold 32 bytes in Base64
    @Produces
    @Singleton
    @Startup
    EnvelopeCipher cipher(@ConfigProperty(name = SETTING) Optional<String> file) {
        return EnvelopeCipher.ofFile(Path.of(file.orElseThrow(() -> new IllegalStateException(
                SETTING + " is not set: it names the file that holds the master key, 32 bytes in Base64"))));
    }
}
