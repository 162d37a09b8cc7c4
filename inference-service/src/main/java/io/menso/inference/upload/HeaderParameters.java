package io.menso.inference.upload;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The parameters of a header such as `form-data; name="file"; filename="a;b.jpg"`.
final class HeaderParameters {

    private HeaderParameters() {}

    /// @param text what follows the value, starting at its first semicolon
    /// @return values by lower-case name; the first of a repeated name counts
    static Map<String, String> of(String text) {
        Map<String, String> parameters = new HashMap<>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = text.substring(at, equals).replace(';', ' ').strip().toLowerCase(Locale.ROOT);
            StringBuilder value = new StringBuilder();
            at = value(text, equals + 1, value);
            parameters.putIfAbsent(name, value.toString());
        }
        return parameters;
    }

    private static int value(String text, int start, StringBuilder value) {
        int at = start;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted(text, at + 1, value);
        }
        int end = text.indexOf(';', at);
        value.append(text, at, end < 0 ? text.length() : end);
        value.setLength(value.toString().stripTrailing().length());
        return end < 0 ? text.length() : end + 1;
    }

    /// Browsers percent-encode quotes, other clients put a backslash before them; a backslash elsewhere is itself.
    private static int quoted(String text, int start, StringBuilder value) {
        int at = start;
        while (at < text.length() && text.charAt(at) != '"') {
            boolean escape =
                    text.charAt(at) == '\\' && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0;
            at += escape ? 1 : 0;
            value.append(text.charAt(at));
            at++;
        }
        int end = text.indexOf(';', at);
        return end < 0 ? text.length() : end + 1;
    }
}
