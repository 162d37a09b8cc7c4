package io.menso.device.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {

    @TempDir
    Path directory;

    @Test
    @DisplayName("D11: Without the setting the service refuses to start and names the setting")
    void needsTheSetting() {
        assertThatThrownBy(() -> new MasterKey().cipher(Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("menso.device.master-key-file is not set");
    }

    @Test
    @DisplayName("D11: With a missing file the service refuses to start and names the file")
    void needsTheFile() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> new MasterKey().cipher(Optional.of(missing.toString())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(missing.toString());
    }

    @ParameterizedTest
    @DisplayName("D11: With a file that holds no 32 bytes in Base64 the service refuses to start")
    @ValueSource(strings = {"", "???", "c2hvcnQ="})
    void needsAKey(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("key"), content);
        assertThatThrownBy(() -> new MasterKey().cipher(Optional.of(file.toString())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    @DisplayName("A file with 32 bytes in Base64 and a line end makes a cipher")
    void readsTheKey() throws IOException {
        String key = Base64.getEncoder().encodeToString(new byte[32]) + "\n";
        Path file = Files.writeString(directory.resolve("key"), key);
        assertThat(new MasterKey().cipher(Optional.of(file.toString())).newDataKey("context"))
                .hasSize(12 + 32 + 16);
    }
}
