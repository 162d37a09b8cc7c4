package io.menso.gateway.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/// The private key of internal tokens. Never printed.
final class SigningKey {

    private final String id;
    private final PrivateKey key;

    private SigningKey(String id, PrivateKey key) {
        this.id = id;
        this.key = key;
    }

    /// Reads a private JWK on the curve P-256 with a `kid`.
    ///
    /// @throws IllegalStateException when the file holds anything else
    static SigningKey read(Path file) {
        try {
            PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file));
            if (jwk instanceof EllipticCurveJsonWebKey ec
                    && "P-256".equals(ec.getCurveName())
                    && ec.getPrivateKey() != null
                    && ec.getKeyId() != null) {
                return new SigningKey(ec.getKeyId(), ec.getPrivateKey());
            }
            throw new IllegalStateException("signing key must be a private JWK on P-256 with a kid: file=" + file);
        } catch (IOException e) {
            throw new IllegalStateException("signing key cannot be read: file=" + file, e);
        } catch (JoseException e) {
            // The cause is left out: it may quote the key.
            throw new IllegalStateException("signing key is no JWK: file=" + file);
        }
    }

    String id() {
        return id;
    }

    PrivateKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "SigningKey[id=" + id + "]";
    }
}
