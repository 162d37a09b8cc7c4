package io.menso.pinot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The key that Menso shares with Pinot's servers, from which each tenant's own are derived.
///
/// AES-GCM with random nonces is safe for 2^32 messages under one key (NIST SP 800-38D, 8.3), which the queries of
/// all tenants would reach within days. So every tenant has one key for templates and one for queries:
/// HMAC-SHA256 of the purpose and the tenant's name.
public final class PinotKey {

    static final int BYTES = 32;
    private static final String TEMPLATES = "menso pinot templates\n";
    private static final String QUERIES = "menso pinot queries\n";

    private final byte[] key;

    /// @param key 32 bytes
    /// @throws SealException when there are more or fewer
    public PinotKey(byte[] key) {
        if (key.length != BYTES) {
            throw new SealException("the pinot key has " + key.length + " bytes instead of " + BYTES);
        }
        this.key = key.clone();
    }

    /// Reads a file that holds 32 bytes in Base64.
    ///
    /// @throws SealException when the file is missing or holds anything else
    public static PinotKey ofFile(Path file) {
        try {
            return new PinotKey(
                    Base64.getDecoder().decode(Files.readString(file).strip()));
        } catch (IOException | IllegalArgumentException | SealException e) {
            throw new SealException("the pinot key file must hold " + BYTES + " bytes in Base64: " + file, e);
        }
    }

    SecretKey forTemplates(String tenant) {
        return derive(TEMPLATES + tenant);
    }

    SecretKey forQueries(String tenant) {
        return derive(QUERIES + tenant);
    }

    private SecretKey derive(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] derived = mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
            SecretKey secret = new SecretKeySpec(derived, "AES");
            Arrays.fill(derived, (byte) 0);
            return secret;
        } catch (GeneralSecurityException e) {
            throw new SealException("this JVM has no HMAC-SHA256", e);
        }
    }
}
