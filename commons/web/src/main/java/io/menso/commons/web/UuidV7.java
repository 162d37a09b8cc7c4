package io.menso.commons.web;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.regex.Pattern;

/// Monotonic UUID version 7 (RFC 9562, method 1: a 12-bit counter in `rand_a`, random `rand_b`).
///
/// Ids made by one generator strictly increase, also within a millisecond and when the clock steps back.
public final class UuidV7 {

    private static final int COUNTER_LIMIT = 1 << 12;
    private static final Pattern CANONICAL = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private long millis;
    private int counter;

    public UuidV7(Clock clock) {
        this.clock = clock;
    }

    public UUID next() {
        byte[] tail = new byte[8];
        random.nextBytes(tail);
        long randomBits = ByteBuffer.wrap(tail).getLong() & 0x3fff_ffff_ffff_ffffL;
        return new UUID(nextHigh(), 0x8000_0000_0000_0000L | randomBits);
    }

    private synchronized long nextHigh() {
        long now = clock.millis();
        if (now > millis) {
            millis = now;
            counter = random.nextInt(COUNTER_LIMIT / 2);
        } else if (++counter == COUNTER_LIMIT) {
            millis++;
            counter = 0;
        }
        return (millis << 16) | 0x7000L | counter;
    }

    /// Reads the canonical 36-character form only: `UUID.fromString` would take groups of other lengths too.
    ///
    /// @throws ApiException 404 `BAD_RESOURCE` naming `what`, when the text is no UUID
    public static UUID parse(String text, String what) {
        if (!CANONICAL.matcher(text).matches()) {
            throw ApiException.notFound(what);
        }
        return UUID.fromString(text);
    }
}
