package io.menso.pipeline.run;

import io.menso.commons.web.ApiException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What the headers of a part say. Read in one pass: callers choose their length, and a regular expression would need
/// a stack as deep as a file name is long.
///
/// @param name     of the form's field, empty when there is none
/// @param filename as sent, `file` when there is none
/// @param type     `Content-Type`, `application/octet-stream` when there is none
record PartHeaders(String name, String filename, String type) {

    private static final String NO_NAME = "file";
    private static final String UNKNOWN_TYPE = "application/octet-stream";

    /// @param lines the header lines of the part
    /// @throws ApiException 400 when it is no part of a form
    static PartHeaders of(String lines) {
        String disposition = header(lines, "content-disposition");
        int parameters = disposition.indexOf(';');
        if (parameters < 0 || !disposition.substring(0, parameters).strip().equalsIgnoreCase("form-data")) {
            throw ApiException.badRequest("A part has no Content-Disposition form-data with a name");
        }
        Map<String, String> values = parameters(disposition, parameters);
        String type = header(lines, "content-type");
        return new PartHeaders(
                values.getOrDefault("name", ""),
                values.getOrDefault("filename", NO_NAME),
                type.isEmpty() ? UNKNOWN_TYPE : type);
    }

    private static String header(String lines, String name) {
        for (String line : lines.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }

    /// Values by lower-case name; the first of a repeated name counts.
    private static Map<String, String> parameters(String text, int start) {
        Map<String, String> values = new HashMap<>();
        int at = start;
        int equals = text.indexOf('=', at);
        while (equals >= 0) {
            String name = text.substring(text.lastIndexOf(';', equals) + 1, equals);
            StringBuilder value = new StringBuilder();
            at = value(text, equals + 1, value);
            values.putIfAbsent(name.strip().toLowerCase(Locale.ROOT), value.toString());
            equals = text.indexOf('=', at);
        }
        return values;
    }

    /// @return where the next parameter may start
    private static int value(String text, int start, StringBuilder value) {
        int at = start;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        if (quoted) {
            at = quoted(text, at + 1, value);
        }
        int semicolon = text.indexOf(';', at);
        int end = semicolon < 0 ? text.length() : semicolon;
        if (!quoted) {
            value.append(text.substring(at, end).strip());
        }
        return end;
    }

    /// Clients put a backslash before a quote or another backslash; elsewhere it is itself, as in `C:\face.jpg`.
    private static int quoted(String text, int start, StringBuilder value) {
        int at = start;
        while (at < text.length() && text.charAt(at) != '"') {
            boolean escape =
                    text.charAt(at) == '\\' && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0;
            at += escape ? 1 : 0;
            value.append(text.charAt(at));
            at++;
        }
        return at;
    }
}
