package io.menso.commons.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Envelope encryption with AES-256-GCM: a master key wraps data keys, a data key encrypts data.
///
/// Ciphertexts are `nonce (12 bytes) || ciphertext || tag (16 bytes)`. The context is authenticated, not stored:
/// what was encrypted for one place cannot be moved to another. Destroying a data key destroys its data.
public final class EnvelopeCipher {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey masterKey;

    /// @param masterKey 32 bytes
    public EnvelopeCipher(byte[] masterKey) {
        this.masterKey = key(masterKey);
    }

    /// Reads a master key from a file that holds 32 bytes in Base64.
    ///
    /// @throws IllegalStateException when the file is missing or holds anything else
    public static EnvelopeCipher ofFile(Path file) {
        try {
            return new EnvelopeCipher(
                    Base64.getDecoder().decode(Files.readString(file).strip()));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("master key file cannot be used: " + file, e);
        }
    }

    /// A new random data key, wrapped by the master key.
    public byte[] newDataKey(String context) {
        byte[] fresh = new byte[KEY_BYTES];
        RANDOM.nextBytes(fresh);
        return encrypt(masterKey, fresh, context);
    }

    /// @throws IllegalStateException when the key was wrapped for another context or by another master key
    public SecretKey unwrap(byte[] wrapped, String context) {
        return key(decrypt(masterKey, wrapped, context));
    }

    public static byte[] encrypt(SecretKey dataKey, byte[] plain, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, dataKey, nonce, plain, context);
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /// @throws IllegalStateException when the data was changed, or encrypted for another context or key
    public static byte[] decrypt(SecretKey dataKey, byte[] sealed, String context) {
        if (sealed.length < NONCE_BYTES) {
            throw new IllegalStateException("encrypted data cannot be used: it is cut");
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return run(Cipher.DECRYPT_MODE, dataKey, nonce, rest, context);
    }

    private static SecretKey key(byte[] bytes) {
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has 32 bytes");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    private static byte[] run(int mode, SecretKey key, byte[] nonce, byte[] input, String context) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encrypted data cannot be used", e);
        }
    }
}
