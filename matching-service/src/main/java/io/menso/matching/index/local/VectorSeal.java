package io.menso.matching.index.local;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals vectors with AES-256-GCM under a key that nobody else has; what was sealed for one user and version opens
/// for no other.
final class VectorSeal {

    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int CONTEXT = 3 * Long.BYTES;

    private final SecretKey key;
    private final int prefix;
    private final AtomicLong counter = new AtomicLong();
    private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);

    VectorSeal() {
        SecureRandom random = new SecureRandom();
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "AES");
        this.prefix = random.nextInt();
    }

    static int sealedBytes(int dimension) {
        return NONCE + dimension * Float.BYTES + TAG;
    }

    /// @param slot receives nonce, sealed numbers and tag
    void seal(UUID user, long version, float[] vector, MemorySegment slot) {
        Workspace workspace = workspaces.get();
        byte[] nonce =
                ByteBuffer.allocate(NONCE).putInt(prefix).putLong(counter.incrementAndGet()).array();
        byte[] plain = new byte[vector.length * Float.BYTES];
        ByteBuffer.wrap(plain).asFloatBuffer().put(vector);
        byte[] sealed = workspace.run(Cipher.ENCRYPT_MODE, nonce, user, version, plain);
        Arrays.fill(plain, (byte) 0);
        MemorySegment.copy(nonce, 0, slot, ValueLayout.JAVA_BYTE, 0, NONCE);
        MemorySegment.copy(sealed, 0, slot, ValueLayout.JAVA_BYTE, NONCE, sealed.length);
    }

    /// @throws IllegalStateException when the slot holds something else
    float[] open(UUID user, long version, MemorySegment slot, int dimension) {
        Workspace workspace = workspaces.get();
        byte[] nonce = slot.asSlice(0, NONCE).toArray(ValueLayout.JAVA_BYTE);
        byte[] sealed = slot.asSlice(NONCE, dimension * (long) Float.BYTES + TAG).toArray(ValueLayout.JAVA_BYTE);
        byte[] plain = workspace.run(Cipher.DECRYPT_MODE, nonce, user, version, sealed);
        float[] vector = new float[dimension];
        ByteBuffer.wrap(plain).asFloatBuffer().get(vector);
        Arrays.fill(plain, (byte) 0);
        return vector;
    }

    private final class Workspace {

        private final Cipher cipher;

        Workspace() {
            try {
                this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        byte[] run(int mode, byte[] nonce, UUID user, long version, byte[] input) {
            try {
                cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
                cipher.updateAAD(ByteBuffer.allocate(CONTEXT)
                        .putLong(user.getMostSignificantBits())
                        .putLong(user.getLeastSignificantBits())
                        .putLong(version)
                        .flip());
                return cipher.doFinal(input);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a sealed vector cannot be opened", e);
            }
        }
    }
}
