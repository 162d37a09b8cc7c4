package io.menso.local.models;

import io.menso.local.models.PinnedModel.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Copies a stream while it counts and hashes, so that nothing longer or other than expected stays.
final class VerifiedCopy {

    private static final int BUFFER = 64 * 1024;

    private VerifiedCopy() {}

    /// Writes exactly what was pinned.
    ///
    /// @param name of the file, for people
    /// @throws IOException when the stream is longer, shorter or other than pinned; the target is incomplete then
    static void copy(InputStream in, String name, Fingerprint pin, OutputStream out) throws IOException {
        MessageDigest digest = sha256();
        long length = 0;
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            length += n;
            if (length > pin.bytes()) {
                throw new IOException(name + " is longer than the " + pin.bytes() + " bytes expected");
            }
            digest.update(buffer, 0, n);
            out.write(buffer, 0, n);
        }
        String actual = HexFormat.of().formatHex(digest.digest());
        if (length != pin.bytes() || !actual.equals(pin.sha256())) {
            throw new IOException(name + " has " + length + " bytes and SHA-256 " + actual + " instead of "
                    + pin.bytes() + " and " + pin.sha256());
        }
    }

    /// Reads exactly what was pinned into memory, which never takes more than the pinned length.
    static byte[] read(InputStream in, String name, Fingerprint pin) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copy(in, name, pin, out);
        return out.toByteArray();
    }

    /// Whether the file is there and is what was pinned.
    static boolean matches(Path file, Fingerprint pin) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != pin.bytes()) {
            return false;
        }
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest()).equals(pin.sha256());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
