package io.menso.pipeline.sandbox.position;

import java.util.Arrays;

/// Where the lines of a source start: after LF, CR, CR LF, U+2028 or U+2029, as QuickJS counts them.
final class Lines {

    private final String source;
    private final int[] starts;

    Lines(String source) {
        this.source = source;
        int[] found = new int[source.length() + 1];
        int count = 1;
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            boolean crLf = c == '\r' && i + 1 < source.length() && source.charAt(i + 1) == '\n';
            if ((c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029') && !crLf) {
                found[count++] = i + 1;
            }
        }
        starts = Arrays.copyOf(found, count);
    }

    /// Line of a character, from 1.
    int line(int index) {
        int found = Arrays.binarySearch(starts, index);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /// `line:column` of a character, both from 1, the column in UTF-16 units.
    String describe(int index) {
        int line = line(index);
        return line + ":" + (index - starts[line - 1] + 1);
    }

    /// Index of a character that QuickJS names: line from 1, column from 1 in bytes of UTF-8.
    ///
    /// @return inside the line, also for columns beyond its end
    int index(int line, int column) {
        if (line > starts.length) {
            return source.length();
        }
        int at = starts[line - 1];
        int end = line < starts.length ? starts[line] - 1 : source.length();
        int bytes = 1;
        while (at < end && bytes < column) {
            int c = source.codePointAt(at);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            at += Character.charCount(c);
        }
        return Math.min(at, end);
    }
}
