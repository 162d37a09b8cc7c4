package io.menso.matching.index.local;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// Seals what belongs to rows with AES-256-GCM; what was sealed in one context opens in no other.
///
/// A nonce is the number of the [Session] that sealed and the session's count, and each session has keys of its
/// own, so no nonce is ever used twice under one key, also when an old copy of the files is brought back.
final class RowSeal {

    static final int NONCE = 12;
    static final int TAG = 16;
    /// Bytes beside the sealed ones.
    static final int OVERHEAD = NONCE + TAG;

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(RowSeal::cipher);

    private final Session session;
    private final Keys keys;
    private final Map<Integer, Optional<Key>> known = new ConcurrentHashMap<>();

    /// Finds the key under which a session seals.
    interface Keys {

        /// @param session number of the session
        /// @return nothing for a session that never was
        Optional<Key> of(int session);
    }

    /// @param session of what will be sealed
    RowSeal(Session session, Keys keys) {
        this.session = session;
        this.keys = keys;
    }

    static int sealedBytes(int plainBytes) {
        return OVERHEAD + plainBytes;
    }

    /// @param context two numbers and more that must be the same when it is opened
    /// @param slot    receives nonce, sealed bytes and tag
    void seal(byte[] plain, ByteBuffer context, MemorySegment slot) {
        byte[] sealed = new byte[sealedBytes(plain.length)];
        byte[] nonce = session.nonce();
        System.arraycopy(nonce, 0, sealed, 0, NONCE);
        Key key = key(session.number()).orElseThrow(() -> new IllegalStateException("no key to seal with"));
        try {
            Cipher cipher = CIPHERS.get();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
            cipher.updateAAD(context);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a row cannot be sealed", e);
        }
        MemorySegment.copy(sealed, 0, slot, BYTE, 0, sealed.length);
    }

    /// @return nothing when the slot holds something else, or nothing
    Optional<byte[]> open(ByteBuffer context, MemorySegment slot) {
        byte[] sealed = slot.toArray(BYTE);
        return key(ByteBuffer.wrap(sealed).getInt()).flatMap(key -> open(key, context, sealed));
    }

    private static Optional<byte[]> open(Key key, ByteBuffer context, byte[] sealed) {
        try {
            Cipher cipher = CIPHERS.get();
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG * Byte.SIZE, sealed, 0, NONCE));
            cipher.updateAAD(context);
            return Optional.of(cipher.doFinal(sealed, NONCE, sealed.length - NONCE));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a row cannot be opened", e);
        }
    }

    private Optional<Key> key(int number) {
        Optional<Key> key = known.get(number);
        if (key == null) {
            key = keys.of(number);
            if (key.isPresent()) {
                known.put(number, key);
            }
        }
        return key;
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
