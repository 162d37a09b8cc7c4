package io.menso.matching.enrolment;

import io.menso.commons.web.ApiException;
import java.nio.charset.StandardCharsets;

/// Watches a multipart body go by and refuses it once a part, or all of it, is too large. Looks for the
/// delimiter with the method of Knuth, Morris and Pratt, so it needs no byte twice and keeps none.
final class PartGuard {

    private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};
    private static final int LINE_BREAK = 2;

    private final byte[] delimiter;
    private final int[] fallback;
    private final long maxPart;
    private final long maxBody;
    private long body;
    private long part;
    private int matched = LINE_BREAK;
    private int headersMatched;
    private State state = State.PREAMBLE;

    private enum State {
        PREAMBLE,
        HEADERS,
        CONTENT
    }

    PartGuard(String boundary, long maxPart, long maxBody) {
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.fallback = fallback(delimiter);
        this.maxPart = maxPart;
        this.maxBody = maxBody;
    }

    /// @throws ApiException 413 when what has come so far is too large
    void accept(byte[] bytes) {
        body += bytes.length;
        if (body > maxBody) {
            throw ApiException.tooLarge("The body is larger than " + maxBody + " bytes");
        }
        for (byte next : bytes) {
            if (state == State.HEADERS) {
                header(next);
            } else {
                content(next);
            }
        }
    }

    private void header(byte next) {
        boolean expected = next == END_OF_HEADERS[headersMatched];
        headersMatched = expected ? headersMatched + 1 : next == '\r' ? 1 : 0;
        if (headersMatched == END_OF_HEADERS.length) {
            state = State.CONTENT;
            part = 0;
            matched = 0;
        }
    }

    private void content(byte next) {
        while (matched > 0 && next != delimiter[matched]) {
            matched = fallback[matched - 1];
        }
        if (next == delimiter[matched]) {
            matched++;
        }
        part++;
        if (matched == delimiter.length) {
            state = State.HEADERS;
            headersMatched = 0;
            matched = 0;
        } else if (state == State.CONTENT && part - matched > maxPart) {
            throw ApiException.tooLarge("An image is larger than " + maxPart + " bytes");
        }
    }

    private static int[] fallback(byte[] pattern) {
        int[] fallback = new int[pattern.length];
        int matched = 0;
        for (int i = 1; i < pattern.length; i++) {
            while (matched > 0 && pattern[i] != pattern[matched]) {
                matched = fallback[matched - 1];
            }
            if (pattern[i] == pattern[matched]) {
                matched++;
            }
            fallback[i] = matched;
        }
        return fallback;
    }
}
