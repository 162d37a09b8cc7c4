package io.menso.gateway.authentication;

import io.menso.gateway.keys.CallerKey;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.SecureRandom;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/// Verifies HS256, HS384 and HS512 with jose4j, which compares in constant time (decisions A2, A3).
final class SignatureCheck {

    private static final Logger LOG = Logger.getLogger(SignatureCheck.class);
    private static final AlgorithmConstraints HMAC_ONLY = new AlgorithmConstraints(
            AlgorithmConstraints.ConstraintType.PERMIT,
            AlgorithmIdentifiers.HMAC_SHA256,
            AlgorithmIdentifiers.HMAC_SHA384,
            AlgorithmIdentifiers.HMAC_SHA512);
    private static final CallerKey NOBODY = nobody();

    private SignatureCheck() {}

    /// Whether the key signed the token. Without a key the same work is done for nothing, so that the time taken does
    /// not tell an unknown key from a bad signature.
    static boolean verifies(CallerToken token, Optional<CallerKey> found) {
        CallerKey key = found.orElse(NOBODY);
        boolean good = verify(token, new HmacKey(key.secret()));
        if (!good && verify(token, new HmacKey(key.secretText().getBytes(StandardCharsets.US_ASCII)))) {
            LOG.warnf("token is signed with the undecoded text of the secret: key=%s", key.kid());
        }
        return good && found.isPresent();
    }

    private static boolean verify(CallerToken token, Key key) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setAlgorithmConstraints(HMAC_ONLY);
            signature.setCompactSerialization(token.text());
            signature.setKey(key);
            return signature.verifySignature();
        } catch (JoseException e) {
            return false;
        }
    }

    private static CallerKey nobody() {
        byte[] secret = new byte[64];
        new SecureRandom().nextBytes(secret);
        return new CallerKey("", "", "", Optional.empty(), Optional.empty(), secret);
    }
}
