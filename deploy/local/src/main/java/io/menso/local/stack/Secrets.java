package io.menso.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/// Keys and passwords of one instance, made at its first start, each a file that only its owner can read.
public final class Secrets {

    private static final int KEY_BYTES = 32;
    private static final int PASSWORD_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;

    Secrets(Path directory) {
        this.directory = directory;
    }

    /// 32 random bytes in Base64.
    Path masterKey(String service) {
        return file(service + "-master.key", () -> Base64.getEncoder().encodeToString(bytes(KEY_BYTES)));
    }

    /// 32 random bytes in Base64, which seal templates on their way into Pinot.
    Path pinotKey() {
        return file("pinot.key", () -> Base64.getEncoder().encodeToString(bytes(KEY_BYTES)));
    }

    String databasePassword(String role) {
        return text(file("postgres-" + role + ".password", () -> HexFormat.of().formatHex(bytes(PASSWORD_BYTES))));
    }

    /// Private JWK that signs internal tokens.
    Path signingKey() {
        return file("gateway-signing.jwk", () -> newKey().toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
    }

    /// Public JWK set that checks internal tokens.
    Path publicKeys() {
        return file("internal-jwks.json", () -> new JsonWebKeySet(readSigningKey()).toJson());
    }

    /// The signing key, for the operator's own internal tokens.
    public EllipticCurveJsonWebKey readSigningKey() {
        try {
            return (EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(text(signingKey()));
        } catch (JoseException e) {
            throw new LauncherException("the signing key cannot be read: " + signingKey(), e);
        }
    }

    private static EllipticCurveJsonWebKey newKey() {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(UUID.randomUUID().toString());
            key.setAlgorithm("ES256");
            key.setUse("sig");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file(String name, java.util.function.Supplier<String> content) {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            Json.saveText(file, content.get());
        }
        return file;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
