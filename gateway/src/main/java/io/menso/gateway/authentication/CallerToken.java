package io.menso.gateway.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/// A caller's token that is well formed (decisions A1, A2, A12, A14); nothing in it is verified yet.
///
/// @param text   the compact form as it came
/// @param kid    id of the key that is said to have signed it, a canonical lower-case UUID
/// @param claims the payload
record CallerToken(String text, String kid, ObjectNode claims) {

    /// Longest token that is read; ours need about 500 characters.
    private static final int MAX_LENGTH = 8192;

    private static final Set<String> ALGORITHMS = Set.of("HS256", "HS384", "HS512");

    /// Reads a token in compact form, or nothing when it is malformed in any way.
    static Optional<CallerToken> read(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (text.length() > MAX_LENGTH || first < 1 || second < 0 || text.indexOf('.', second + 1) >= 0) {
            return Optional.empty();
        }
        boolean signed = StrictBase64Url.decode(text.substring(second + 1))
                .filter(signature -> signature.length > 0)
                .isPresent();
        if (!signed) {
            return Optional.empty();
        }
        return object(text.substring(0, first))
                .filter(CallerToken::isAllowed)
                .flatMap(header -> object(text.substring(first + 1, second))
                        .flatMap(claims -> keyId(header, claims).map(kid -> new CallerToken(text, kid, claims))));
    }

    private static Optional<ObjectNode> object(String part) {
        return StrictBase64Url.decode(part).flatMap(StrictJsonObject::read);
    }

    private static boolean isAllowed(ObjectNode header) {
        JsonNode algorithm = header.path("alg");
        return algorithm.isTextual()
                && ALGORITHMS.contains(algorithm.textValue())
                && !header.has("crit")
                && !header.has("b64");
    }

    private static Optional<String> keyId(ObjectNode header, ObjectNode claims) {
        JsonNode named = header.path("kid");
        JsonNode hint = claims.path("kid");
        if (named.isMissingNode()) {
            return canonical(hint);
        }
        return hint.isMissingNode() || hint.equals(named) ? canonical(named) : Optional.empty();
    }

    private static Optional<String> canonical(JsonNode kid) {
        return kid.isTextual() && Uuids.isCanonical(kid.textValue()) ? Optional.of(kid.textValue()) : Optional.empty();
    }

    @Override
    public String toString() {
        return "CallerToken[kid=" + kid + "]";
    }
}
