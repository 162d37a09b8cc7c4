package io.menso.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.Test;

class TokensTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC);

    @Test
    void callersTokenNamesKeyCustomerHostAndTimes() throws Exception {
        byte[] secret = new byte[64];
        String token = Tokens.caller(
                URI.create("http://localhost:8080"),
                "demo",
                "kid-1",
                Base64.getEncoder().encodeToString(secret),
                Duration.ofMinutes(5),
                CLOCK);

        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(token);
        signature.setKey(new SecretKeySpec(secret, "HmacSHA256"));
        JwtClaims claims = JwtClaims.parse(signature.getPayload());
        assertThat(signature.getKeyIdHeaderValue()).isEqualTo("kid-1");
        assertThat(signature.getAlgorithmHeaderValue()).isEqualTo("HS256");
        assertThat(claims.getSubject()).isEqualTo("demo");
        assertThat(claims.getAudience()).containsExactly("localhost:8080");
        assertThat(claims.getIssuedAt().getValue()).isEqualTo(1_000);
        assertThat(claims.getExpirationTime().getValue()).isEqualTo(1_300);
    }

    @Test
    void operatorsTokenIsAnInternalOneForAMinute() throws Exception {
        EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId("signing");

        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(Tokens.operator(key, CLOCK));
        signature.setKey(key.getPublicKey());
        JwtClaims claims = JwtClaims.parse(signature.getPayload());
        assertThat(signature.getAlgorithmHeaderValue()).isEqualTo("ES256");
        assertThat(claims.getIssuer()).isEqualTo("menso");
        assertThat(claims.getAudience()).containsExactly("menso");
        assertThat(claims.getStringListClaimValue("groups")).isEqualTo(List.of("operator"));
        assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
                .isEqualTo(60);
    }
}
