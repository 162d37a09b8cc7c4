package io.menso.commons.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeCipherTest {

    private static final byte[] PLAIN = "a template".getBytes(StandardCharsets.UTF_8);

    private final EnvelopeCipher cipher = new EnvelopeCipher(new byte[32]);
    private final byte[] wrapped = cipher.newDataKey("acme/production");
    private final SecretKey key = cipher.unwrap(wrapped, "acme/production");

    @Test
    @DisplayName("D11: what was encrypted comes back, and no two ciphertexts are alike")
    void roundTrips() {
        byte[] first = EnvelopeCipher.encrypt(key, PLAIN, "row 1");
        byte[] second = EnvelopeCipher.encrypt(key, PLAIN, "row 1");
        assertFalse(Arrays.equals(first, second));
        assertEquals(12 + PLAIN.length + 16, first.length);
        assertArrayEquals(PLAIN, EnvelopeCipher.decrypt(key, first, "row 1"));
        assertArrayEquals(new byte[0], EnvelopeCipher.decrypt(key, EnvelopeCipher.encrypt(key, new byte[0], ""), ""));
    }

    @Test
    @DisplayName("Changed or cut data, another context and another key are refused, each the same way")
    void refusesWhatWasTamperedWith() {
        byte[] sealed = EnvelopeCipher.encrypt(key, PLAIN, "row 1");
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertRefused(changed, "row 1", key);
        }
        for (int length : new int[] {0, 5, 12, 20, sealed.length - 1}) {
            assertRefused(Arrays.copyOf(sealed, length), "row 1", key);
        }
        assertRefused(sealed, "row 2", key);
        assertRefused(sealed, "row 1", cipher.unwrap(cipher.newDataKey("x"), "x"));
    }

    private static void assertRefused(byte[] sealed, String context, SecretKey key) {
        assertThrows(IllegalStateException.class, () -> EnvelopeCipher.decrypt(key, sealed, context));
    }

    @Test
    @DisplayName("A data key opens only for its own context and under its own master key")
    void bindsDataKeys() {
        byte[] other = new byte[32];
        other[31] = 1;
        assertThrows(IllegalStateException.class, () -> cipher.unwrap(wrapped, "acme/staging"));
        assertThrows(IllegalStateException.class, () -> new EnvelopeCipher(other).unwrap(wrapped, "acme/production"));
        assertFalse(Arrays.equals(cipher.newDataKey("a"), cipher.newDataKey("a")));
    }

    @Test
    @DisplayName("A master key comes from a file of 32 bytes in Base64; anything else stops the start")
    void readsMasterKeys(@TempDir Path directory) throws IOException {
        Path file =
                Files.writeString(directory.resolve("key"), Base64.getEncoder().encodeToString(new byte[32]) + "\n");
        assertArrayEquals(
                key.getEncoded(),
                EnvelopeCipher.ofFile(file).unwrap(wrapped, "acme/production").getEncoded());
        for (String wrong : new String[] {"", "###", Base64.getEncoder().encodeToString(new byte[31])}) {
            Files.writeString(file, wrong);
            assertThrows(IllegalStateException.class, () -> EnvelopeCipher.ofFile(file));
        }
        assertThrows(IllegalStateException.class, () -> EnvelopeCipher.ofFile(directory.resolve("missing")));
    }
}
