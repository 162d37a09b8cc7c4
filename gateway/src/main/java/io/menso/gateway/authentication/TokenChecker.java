package io.menso.gateway.authentication;

import io.menso.gateway.keys.CallerKey;
import java.time.Clock;
import java.util.Optional;

/// Judges a well-formed token against the key it names: first the signature, then what it says.
final class TokenChecker {

    private final ClaimCheck claims;

    TokenChecker(Clock clock) {
        this.claims = new ClaimCheck(clock);
    }

    /// @param found the key that the token names, if it exists
    /// @param host  the host the request was sent to, if it names exactly one
    /// @return the key, which has signed the token and may be used for this request
    /// @throws io.menso.commons.web.ApiException 401
    CallerKey check(CallerToken token, Optional<CallerKey> found, Optional<RequestHost> host) {
        if (!SignatureCheck.verifies(token, found)) {
            throw Refusal.beforeVerification();
        }
        CallerKey key = found.orElseThrow();
        RequestHost target =
                host.orElseThrow(() -> Refusal.afterVerification("aud does not match host: none or several are named"));
        claims.check(token, key, target);
        return key;
    }
}
