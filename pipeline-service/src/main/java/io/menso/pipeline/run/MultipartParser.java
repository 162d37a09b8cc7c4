package io.menso.pipeline.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.menso.commons.web.ApiException;
import java.util.Arrays;

/// Splits a multipart body (RFC 7578) into parts while it arrives in pieces of any length.
///
/// Netty's decoder was tried first: it leaves a carriage return at the end of a part when a piece ends within a
/// delimiter, and images must arrive byte for byte.
final class MultipartParser {

    private static final int MAX_HEADERS = 8192;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};

    private final byte[] delimiter;
    private final Parts parts;
    private State state = State.PREAMBLE;
    private byte[] pending = LINE_END;
    private int from;

    private enum State {
        PREAMBLE,
        AFTER_DELIMITER,
        HEADERS,
        CONTENT,
        EPILOGUE
    }

    /// Takes the parts, one after the other.
    interface Parts {
        /// @param headers the lines of the part's headers
        void begin(String headers);

        /// A piece of the part's content.
        void content(byte[] bytes, int offset, int length);

        void end();
    }

    MultipartParser(String boundary, Parts parts) {
        // The first delimiter may stand at the very beginning: it got the line end that the others have.
        this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
        this.parts = parts;
    }

    void accept(byte[] piece) {
        int rest = pending.length - from;
        byte[] joined = Arrays.copyOfRange(pending, from, pending.length + piece.length);
        System.arraycopy(piece, 0, joined, rest, piece.length);
        pending = joined;
        from = 0;
        boolean more = true;
        while (more) {
            more = step();
        }
    }

    /// @throws ApiException 400 when the final delimiter is missing
    void finish() {
        if (state != State.EPILOGUE) {
            throw malformed();
        }
    }

    private boolean step() {
        return switch (state) {
            case PREAMBLE -> preamble();
            case AFTER_DELIMITER -> afterDelimiter();
            case HEADERS -> headers();
            case CONTENT -> content();
            case EPILOGUE -> epilogue();
        };
    }

    private boolean preamble() {
        int found = find(delimiter);
        if (found < 0) {
            from = safe();
            return false;
        }
        from = found + delimiter.length;
        state = State.AFTER_DELIMITER;
        return true;
    }

    private boolean afterDelimiter() {
        while (from < pending.length && (pending[from] == ' ' || pending[from] == '\t')) {
            from++;
        }
        if (pending.length - from < 2) {
            return false;
        }
        if (pending[from] == '-' && pending[from + 1] == '-') {
            state = State.EPILOGUE;
        } else if (pending[from] == '\r' && pending[from + 1] == '\n') {
            // The line end stays: it is half of the empty line when a part has no headers.
            state = State.HEADERS;
        } else {
            throw malformed();
        }
        return true;
    }

    private boolean headers() {
        int found = find(HEADERS_END);
        if ((found < 0 ? pending.length : found) - from > MAX_HEADERS) {
            throw malformed();
        }
        if (found < 0) {
            return false;
        }
        parts.begin(new String(pending, from, found - from, UTF_8));
        from = found + HEADERS_END.length;
        state = State.CONTENT;
        return true;
    }

    private boolean content() {
        int found = find(delimiter);
        int end = found < 0 ? safe() : found;
        if (end > from) {
            parts.content(pending, from, end - from);
        }
        from = end;
        if (found < 0) {
            return false;
        }
        parts.end();
        from = found + delimiter.length;
        state = State.AFTER_DELIMITER;
        return true;
    }

    private boolean epilogue() {
        from = pending.length;
        return false;
    }

    /// Before this nothing can belong to a delimiter that is still arriving.
    private int safe() {
        return Math.max(from, pending.length - delimiter.length + 1);
    }

    private int find(byte[] wanted) {
        for (int at = from; at <= pending.length - wanted.length; at++) {
            if (pending[at] == wanted[0] && Arrays.equals(pending, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    private static ApiException malformed() {
        return ApiException.badRequest("The multipart body is malformed or ends early");
    }
}
