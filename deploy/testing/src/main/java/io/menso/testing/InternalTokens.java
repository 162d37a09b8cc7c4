package io.menso.testing;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.Claims;

/// Internal tokens as the gateway issues them, signed with a key that lives as long as the test JVM.
public final class InternalTokens {

    /// Id of the key that signs them.
    public static final String KEY_ID = "test";

    private static final KeyPair KEYS = generate();

    private InternalTokens() {}

    /// Token of a customer's back-end.
    ///
    /// @param environment `production` or `staging`
    public static String system(String customer, String environment) {
        return sign(claims(customer, "system").claim("env", environment));
    }

    /// Token of a tablet in a gallery.
    public static String device(String customer, String environment, UUID device, String gallery) {
        return sign(claims(customer, "device")
                .claim("env", environment)
                .claim("device", device.toString())
                .claim("gallery", gallery));
    }

    /// Token of the operator's command line.
    public static String operator() {
        return sign(claims("operator", "operator"));
    }

    /// Token of the gateway asking for itself.
    public static String gateway() {
        return sign(claims("gateway", "gateway"));
    }

    /// Token whose 60 seconds are over.
    public static String expired(String customer, String environment) {
        return sign(claims(customer, "system")
                .claim("env", environment)
                .issuedAt(Instant.now().minusSeconds(600))
                .expiresAt(Instant.now().minusSeconds(540)));
    }

    /// Writes the public key as a JWK set.
    ///
    /// @return the file
    public static Path writePublicKeys(Path directory) throws IOException {
        ECPublicKey key = (ECPublicKey) KEYS.getPublic();
        String jwks = """
                {"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"%s","x":"%s","y":"%s"}]}
                """.formatted(
                        KEY_ID,
                        coordinate(key.getW().getAffineX()),
                        coordinate(key.getW().getAffineY()));
        return Files.writeString(directory.resolve("internal-jwks.json"), jwks);
    }

    private static JwtClaimsBuilder claims(String subject, String group) {
        Instant now = Instant.now();
        return Jwt.claims()
                .issuer("menso")
                .audience("menso")
                .subject(subject)
                .groups(Set.of(group))
                .claim("key", UUID.randomUUID().toString())
                .claim(Claims.jti, UUID.randomUUID().toString())
                .issuedAt(now)
                .expiresAt(now.plusSeconds(60));
    }

    private static String sign(JwtClaimsBuilder claims) {
        return claims.jws()
                .keyId(KEY_ID)
                .algorithm(io.smallrye.jwt.algorithm.SignatureAlgorithm.ES256)
                .sign(KEYS.getPrivate());
    }

    private static String coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[32];
        byte[] significant = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - 32), bytes.length);
        System.arraycopy(significant, 0, fixed, 32 - significant.length, significant.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
