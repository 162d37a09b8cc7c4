package io.menso.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.commons.web.ApiException;

/// Reads required members of a JSON object; whatever is missing, null or wrong is a 400 that names the member.
public final class JsonMembers {

    /// The largest integer that every JSON reader keeps exactly: 2^53 - 1.
    public static final long MAX_INTEGER = (1L << 53) - 1;

    private JsonMembers() {}

    /// A text without control characters.
    ///
    /// @param label how the reason calls the member, for example `metadata.gallery`
    /// @param max   most code points; there is at least one
    public static String text(ObjectNode object, String name, String label, int max) {
        JsonNode node = required(object, name, label);
        if (!node.isTextual()) {
            throw ApiException.badRequest(label + " must be a string");
        }
        String text = node.textValue();
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > max) {
            throw ApiException.badRequest(label + " must have 1 to " + max + " characters");
        }
        if (text.codePoints().anyMatch(JsonMembers::isUnfit)) {
            throw ApiException.badRequest(label + " must not contain control characters");
        }
        return text;
    }

    /// A point in time in Unix seconds, 0 to 2^53 - 1 (D2).
    public static long time(ObjectNode object, String name) {
        JsonNode node = required(object, name, name);
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw ApiException.badRequest(name + " must be an integer from 0 to 2^53-1");
        }
        long seconds = node.longValue();
        if (seconds < 0 || seconds > MAX_INTEGER) {
            throw ApiException.badRequest(name + " must be an integer from 0 to 2^53-1");
        }
        return seconds;
    }

    /// A member that must be there.
    public static JsonNode required(ObjectNode object, String name, String label) {
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) {
            throw ApiException.badRequest(label + " is required");
        }
        return node;
    }

    /// Half a surrogate pair is no character, and UTF-8 cannot carry it.
    private static boolean isUnfit(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
