package io.menso.local.api;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/// Tokens that the launcher signs: those of callers, and those of the operator for internal calls.
public final class Tokens {

    private static final Duration INTERNAL_LIFE = Duration.ofSeconds(60);

    private Tokens() {}

    /// A caller's token (A1 to A6): HS256, for the host and port of the address.
    public static String caller(URI url, String customer, String kid, String secret, Duration life, Clock clock) {
        JwtClaims claims = claims(customer, url.getRawAuthority(), life, clock);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setKey(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
        return sign(signature, kid, claims);
    }

    /// An internal token of the operator's command line.
    public static String operator(EllipticCurveJsonWebKey key, Clock clock) {
        JwtClaims claims = claims("operator", "menso", INTERNAL_LIFE, clock);
        claims.setIssuer("menso");
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setStringListClaim("groups", List.of("operator"));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        signature.setKey(key.getPrivateKey());
        return sign(signature, key.getKeyId(), claims);
    }

    private static JwtClaims claims(String subject, String audience, Duration life, Clock clock) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject(subject);
        claims.setAudience(audience);
        long now = clock.instant().getEpochSecond();
        claims.setIssuedAt(NumericDate.fromSeconds(now));
        claims.setExpirationTime(NumericDate.fromSeconds(now + life.toSeconds()));
        return claims;
    }

    private static String sign(JsonWebSignature signature, String kid, JwtClaims claims) {
        try {
            signature.setKeyIdHeaderValue(kid);
            signature.setHeader("typ", "JWT");
            signature.setPayload(claims.toJson());
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalArgumentException("the key cannot sign a token", e);
        }
    }
}
