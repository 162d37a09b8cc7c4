package io.menso.pinot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// Seals templates and queries for their way through Kafka and Pinot, and opens them again. Safe for many threads.
///
/// Sealed: `nonce (12 random bytes) || AES-256-GCM of the numbers as big-endian float32 || tag (16 bytes)`.
/// A template is bound to its [TemplateId], a query to its tenant. Scans open with the faster [SealedScan].
public final class TemplateSeal {

    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    static final String CIPHER = "AES/GCM/NoPadding";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PinotKey key;

    public TemplateSeal(PinotKey key) {
        this.key = key;
    }

    /// @param vector at least one number
    public byte[] seal(TemplateId id, float[] vector) {
        return seal(key.forTemplates(id.tenant()), id.bytes(), vector);
    }

    /// @throws SealException when it was changed, or sealed for another row or with another key
    public float[] open(TemplateId id, byte[] sealed) {
        return open(key.forTemplates(id.tenant()), id.bytes(), sealed);
    }

    /// @param tenant `customer/environment`; the query opens for no other
    /// @param query  at least one number
    public byte[] sealQuery(String tenant, float[] query) {
        return seal(key.forQueries(tenant), queryBytes(tenant), query);
    }

    /// @throws SealException when it was changed, or sealed for another tenant or with another key
    public float[] openQuery(String tenant, byte[] sealed) {
        return open(key.forQueries(tenant), queryBytes(tenant), sealed);
    }

    /// How many numbers lie in something sealed; 0 when it has no possible size.
    static int dimension(byte[] sealed) {
        int plain = sealed.length - NONCE_BYTES - TAG_BYTES;
        return plain > 0 && plain % Float.BYTES == 0 ? plain / Float.BYTES : 0;
    }

    private static byte[] queryBytes(String tenant) {
        return ("query\n" + tenant).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] seal(SecretKey key, byte[] bound, float[] vector) {
        if (vector.length == 0) {
            throw new SealException("there is no number to seal");
        }
        byte[] sealed = new byte[NONCE_BYTES + vector.length * Float.BYTES + TAG_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
        byte[] plain = new byte[vector.length * Float.BYTES];
        ByteBuffer.wrap(plain).asFloatBuffer().put(vector);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, bound);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new SealException("cannot be sealed", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static float[] open(SecretKey key, byte[] bound, byte[] sealed) {
        float[] vector = new float[dimension(sealed)];
        if (vector.length == 0) {
            throw new SealException(sealed.length + " bytes are no sealed vector");
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE_BYTES), bound);
            byte[] plain = cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            ByteBuffer.wrap(plain).asFloatBuffer().get(vector);
            Arrays.fill(plain, (byte) 0);
            return vector;
        } catch (GeneralSecurityException e) {
            throw new SealException("cannot be opened: changed, or sealed for another place or with another key", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }
}
