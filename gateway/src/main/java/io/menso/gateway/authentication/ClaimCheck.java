package io.menso.gateway.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import io.menso.gateway.keys.CallerKey;
import java.math.BigDecimal;
import java.time.Clock;

/// What the claims of a verified token must say (decisions A4 to A6).
final class ClaimCheck {

    private static final BigDecimal LEEWAY = BigDecimal.valueOf(60);
    private static final BigDecimal LONGEST = BigDecimal.valueOf(3600);

    /// Beyond these a number is no time, and adding to it could cost gigabytes (`1e999999999`).
    private static final int MAX_SCALE = 64;

    private final Clock clock;

    ClaimCheck(Clock clock) {
        this.clock = clock;
    }

    /// @param host the host the request was sent to
    /// @throws io.menso.commons.web.ApiException 401 with the exact reason
    void check(CallerToken token, CallerKey key, RequestHost host) {
        times(token.claims());
        JsonNode subject = token.claims().path("sub");
        require(subject.isTextual(), "sub is missing or not a string");
        require(subject.textValue().equals(key.customer()), "sub does not match the customer of the key");
        audience(token.claims().path("aud"), host);
    }

    private void times(JsonNode claims) {
        BigDecimal issued = time(claims, "iat");
        BigDecimal expires = time(claims, "exp");
        BigDecimal now = BigDecimal.valueOf(clock.millis(), 3);
        require(expires.compareTo(issued) > 0, "exp must be later than iat");
        require(expires.subtract(issued).compareTo(LONGEST) <= 0, "exp must be at most 3600 seconds after iat");
        require(expires.add(LEEWAY).compareTo(now) > 0, "Token has expired");
        require(issued.compareTo(now.add(LEEWAY)) <= 0, "iat is in the future");
        if (claims.has("nbf")) {
            require(time(claims, "nbf").compareTo(now.add(LEEWAY)) <= 0, "Token is not valid yet");
        }
    }

    private static BigDecimal time(JsonNode claims, String name) {
        JsonNode claim = claims.path(name);
        require(claim.isNumber(), name + " is missing or not a number");
        BigDecimal value = claim.decimalValue();
        require(Math.abs((long) value.scale()) <= MAX_SCALE, name + " is out of range");
        return value;
    }

    private static void audience(JsonNode audience, RequestHost host) {
        boolean matches = false;
        if (audience.isArray()) {
            for (JsonNode entry : audience) {
                require(entry.isTextual(), "aud must be a string or an array of strings");
                matches |= host.matches(entry.textValue());
            }
        } else {
            require(audience.isTextual(), "aud is missing or not a string");
            matches = host.matches(audience.textValue());
        }
        require(matches, "aud does not match host " + host.text());
    }

    private static void require(boolean condition, String reason) {
        if (!condition) {
            throw Refusal.afterVerification(reason);
        }
    }
}
