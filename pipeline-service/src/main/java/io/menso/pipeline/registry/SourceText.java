package io.menso.pipeline.registry;

import io.menso.commons.web.ApiException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/// A pipeline's source as it travels: with two lines of dates on the way out, without them on the way in (G3).
final class SourceText {

    private static final DateTimeFormatter RFC_3339 = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");
    private static final Pattern DATES = Pattern.compile(
            "\\A(?:\\x{FEFF})?(?:// Created: [^\\r\\n]*\\r?\\n)?(?:// Updated: [^\\r\\n]*(?:\\r?\\n|\\z))?");

    private SourceText() {}

    /// Reads a request's body.
    ///
    /// @param maxBytes largest source in bytes of UTF-8, its lines of dates not counted
    /// @throws ApiException 400 `BAD_CONTENT`
    static String read(byte[] body, int maxBytes) {
        String source = DATES.matcher(decode(body)).replaceFirst("");
        if (source.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw ApiException.badContent("The source is larger than " + maxBytes + " bytes");
        }
        if (source.indexOf('\0') >= 0) {
            throw ApiException.badContent("The source holds a NUL character");
        }
        return source;
    }

    static String write(String source, Instant created, Instant updated) {
        return "// Created: " + date(created) + "\n// Updated: " + date(updated) + "\n" + source;
    }

    private static String date(Instant instant) {
        return RFC_3339.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static String decode(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiException.badContent("The source is not valid UTF-8");
        }
    }
}
