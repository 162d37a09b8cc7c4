package io.menso.inference.upload;

import io.menso.commons.web.ApiException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Reads a multipart body (RFC 7578) as it arrives, part by part, with every length bounded.
final class MultipartReader {

    private static final int MAX_HEADERS = 8192;
    private static final int BUFFER = 64 * 1024;
    private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};
    private static final byte[] LINE_END = {'\r', '\n'};

    private final InputStream body;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;

    /// Takes the bytes of a part.
    interface Sink {
        void accept(byte[] bytes, int offset, int length);
    }

    MultipartReader(InputStream body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // The first delimiter may stand at the very beginning: give it the line end that the others have.
        System.arraycopy(LINE_END, 0, buffer, 0, 2);
        this.to = 2;
    }

    /// Moves past the preamble to the first part.
    ///
    /// @return whether there is one
    boolean begin() throws IOException {
        copyUntil(delimiter, (_, _, _) -> {});
        return hasPart();
    }

    /// The headers of the part that starts here, by lower-case name.
    Map<String, String> headers() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // A part without headers starts with the empty line itself.
        byte[] end = peekLineEnd() ? LINE_END : HEADERS_END;
        copyUntil(end, (source, offset, length) -> {
            if (bytes.size() + length > MAX_HEADERS) {
                throw malformed();
            }
            bytes.write(source, offset, length);
        });
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : bytes.toString(StandardCharsets.UTF_8).strip().split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            } else if (!line.isEmpty()) {
                throw malformed();
            }
        }
        return headers;
    }

    /// Hands out the content of the part.
    ///
    /// @return whether another part follows
    boolean content(Sink sink) throws IOException {
        copyUntil(delimiter, sink);
        return hasPart();
    }

    /// Reads what follows the last part, which means nothing: bytes left in a connection would hold up its next
    /// request.
    void finish() throws IOException {
        int read = 0;
        while (read >= 0) {
            read = body.read(buffer);
        }
    }

    private boolean hasPart() throws IOException {
        require(2);
        if (buffer[from] == '-' && buffer[from + 1] == '-') {
            return false;
        }
        while (buffer[from] == ' ' || buffer[from] == '\t') {
            from++;
            require(2);
        }
        if (!peekLineEnd()) {
            throw malformed();
        }
        from += 2;
        return true;
    }

    private boolean peekLineEnd() throws IOException {
        require(2);
        return buffer[from] == '\r' && buffer[from + 1] == '\n';
    }

    private void copyUntil(byte[] end, Sink sink) throws IOException {
        while (true) {
            int found = find(end);
            if (found >= 0) {
                sink.accept(buffer, from, found - from);
                from = found + end.length;
                return;
            }
            int safe = Math.max(from, to - end.length + 1);
            sink.accept(buffer, from, safe - from);
            from = safe;
            if (!fill()) {
                throw malformed();
            }
        }
    }

    private int find(byte[] wanted) {
        for (int at = from; at <= to - wanted.length; at++) {
            if (buffer[at] == wanted[0] && Arrays.equals(buffer, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    private void require(int count) throws IOException {
        while (to - from < count) {
            if (!fill()) {
                throw malformed();
            }
        }
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        int read = body.read(buffer, to, buffer.length - to);
        if (read > 0) {
            to += read;
        }
        return read > 0;
    }

    static ApiException malformed() {
        return ApiException.badRequest("The multipart body is malformed or ends early");
    }
}
