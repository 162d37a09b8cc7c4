package io.menso.local.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Copies a stream to a file while it counts and hashes, so that nothing longer or other than expected stays.
final class VerifiedCopy {

    private static final int BUFFER = 64 * 1024;

    private VerifiedCopy() {}

    /// Writes exactly what the pin describes.
    ///
    /// @throws IOException when the stream is longer, shorter or other than pinned; the target is incomplete then
    static void copy(InputStream in, PinnedModel.File pin, Path target) throws IOException {
        MessageDigest digest = sha256();
        long length = 0;
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                length += n;
                if (length > pin.bytes()) {
                    throw new IOException(pin.name() + " is longer than the " + pin.bytes() + " bytes expected");
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        String actual = HexFormat.of().formatHex(digest.digest());
        if (!actual.equals(pin.sha256())) {
            throw new IOException(pin.name() + " has " + length + " bytes and SHA-256 " + actual + " instead of "
                    + pin.bytes() + " and " + pin.sha256());
        }
    }

    /// Whether the file is there and is what the pin describes.
    static boolean matches(Path file, PinnedModel.File pin) throws IOException {
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
