package io.menso.inference.bundle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The revision of a bundle: the first 7 hexadecimal digits of SHA-256 over the bytes of `model.yaml` followed by the
/// SHA-256 digests (32 bytes each) of its weights, in the order in which `model.yaml` lists them.
final class Revision {

    static final int LENGTH = 7;

    private Revision() {}

    static String of(byte[] yaml, List<Weights> weights) {
        MessageDigest digest = sha256();
        digest.update(yaml);
        weights.forEach(file -> digest.update(HexFormat.of().parseHex(file.sha256())));
        return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
