package io.menso.gateway.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.menso.commons.web.Caller;
import io.menso.gateway.GatewayConfig;
import io.menso.gateway.keys.CallerKey;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Issues the short ES256 tokens that services trust. One is used again for a few seconds, since signing costs more
/// than everything else the gateway does for a small request.
@Singleton
public class InternalTokenIssuer {

    private static final Duration LIFE = Duration.ofSeconds(60);

    /// A pipeline passes its token on for up to 30 seconds, after the upload, so little of the 60 may be spent here.
    private static final Duration REUSE = Duration.ofSeconds(10);

    private static final Identity GATEWAY =
            new Identity(Caller.GATEWAY, Caller.GATEWAY, "", "", Optional.empty(), Optional.empty());

    private record Identity(
            String subject,
            String group,
            String key,
            String environment,
            Optional<String> device,
            Optional<String> gallery) {}

    private final SigningKey signingKey;
    private final Clock clock;
    private final Cache<Identity, String> recent =
            Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(REUSE).build();

    @Inject
    public InternalTokenIssuer(GatewayConfig config, Clock clock) {
        this.signingKey = SigningKey.read(config.signingKeyFile());
        this.clock = clock;
        // Proves the key, and loads what signing needs, before the first request comes.
        forGateway();
    }

    /// A token that says who the caller is.
    public String forCaller(CallerKey key) {
        String group = key.isDevice() ? Caller.DEVICE : Caller.SYSTEM;
        return recent.get(
                new Identity(key.customer(), group, key.kid(), key.environment(), key.device(), key.gallery()),
                this::sign);
    }

    /// A token for the gateway's own questions.
    public String forGateway() {
        return recent.get(GATEWAY, this::sign);
    }

    private String sign(Identity identity) {
        Instant now = clock.instant();
        JwtClaimsBuilder claims = Jwt.claims()
                .issuer("menso")
                .audience("menso")
                .subject(identity.subject())
                .groups(Set.of(identity.group()))
                .issuedAt(now)
                .expiresAt(now.plus(LIFE));
        if (!identity.key().isEmpty()) {
            claims.claim("key", identity.key()).claim("env", identity.environment());
        }
        identity.device().ifPresent(device -> claims.claim("device", device));
        identity.gallery().ifPresent(gallery -> claims.claim("gallery", gallery));
        return claims.jws()
                .keyId(signingKey.id())
                .algorithm(SignatureAlgorithm.ES256)
                .sign(signingKey.key());
    }
}
