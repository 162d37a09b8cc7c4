package io.menso.matching.tenantkey;

import io.menso.commons.data.EnvelopeCipher;
import io.menso.commons.web.Tenant;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/// Seals a tenant's templates. What was sealed for one user and revision opens for no other.
public final class TemplateCipher {

    private static final int DERIVED_BYTES = 32;

    private final Tenant tenant;
    private final SecretKey key;

    TemplateCipher(Tenant tenant, SecretKey key) {
        this.tenant = tenant;
        this.key = key;
    }

    public byte[] seal(UUID user, String revision, float[] vector) {
        ByteBuffer plain = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        plain.asFloatBuffer().put(vector);
        byte[] sealed = EnvelopeCipher.encrypt(key, plain.array(), context(user, revision));
        Arrays.fill(plain.array(), (byte) 0);
        return sealed;
    }

    /// @throws IllegalStateException when the bytes were changed or belong elsewhere
    public float[] open(UUID user, String revision, byte[] sealed) {
        byte[] plain = EnvelopeCipher.decrypt(key, sealed, context(user, revision));
        float[] vector = new float[plain.length / Float.BYTES];
        ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        Arrays.fill(plain, (byte) 0);
        return vector;
    }

    /// A key of 32 bytes for something else of the tenant's, the same for the same purpose (HKDF-Expand, RFC
    /// 5869).
    public SecretKey derive(String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.expandOnly(key, purpose.getBytes(StandardCharsets.UTF_8), DERIVED_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String context(UUID user, String revision) {
        return tenant.id() + "|" + user + "|" + revision;
    }
}
