package io.menso.gateway.routing;

import io.menso.commons.web.ApiException;
import io.menso.gateway.authentication.Uuids;
import java.util.Locale;

/// One part of a path template: literal text, an id, or a name.
///
/// @param text the literal text, or the name of the variable
/// @param kind how a path's part is judged
record Segment(String text, Kind kind) {

    enum Kind {
        LITERAL,
        ID,
        NAME
    }

    private static final int MAX_NAME = 128;

    /// Reads `users`, `{user}` or, for a variable that may be a name, `{model*}`.
    static Segment parse(String text) {
        if (!text.startsWith("{")) {
            return new Segment(text, Kind.LITERAL);
        }
        return text.endsWith("*}")
                ? new Segment(text.substring(1, text.length() - 2), Kind.NAME)
                : new Segment(text.substring(1, text.length() - 1), Kind.ID);
    }

    boolean hasShape(String part) {
        return kind == Kind.LITERAL ? text.equals(part) : !part.isEmpty();
    }

    /// @throws ApiException 404 when the part cannot name anything
    void check(String part) {
        boolean good = switch (kind) {
            case LITERAL -> true;
            case ID -> Uuids.isUuid(part);
            case NAME -> isName(part);
        };
        if (!good) {
            throw ApiException.notFound(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1));
        }
    }

    /// Letters, digits, `_`, `-` and dots, the first no dot: never a dot segment, never an escape.
    private static boolean isName(String part) {
        return part.length() <= MAX_NAME
                && part.charAt(0) != '.'
                && part.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || c == '_'
                                || c == '-'
                                || c == '.');
    }
}
