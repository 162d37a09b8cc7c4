package io.menso.commons.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidV7Test {

    private static final class SteppedClock extends Clock {

        private final AtomicLong millis = new AtomicLong(1_721_966_500_123L);

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }
    }

    private final SteppedClock clock = new SteppedClock();
    private final UuidV7 ids = new UuidV7(clock);

    @Test
    @DisplayName("An id has version 7, the variant of RFC 9562 and the time in its first 48 bits")
    void hasTheLayout() {
        UUID id = ids.next();
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        assertEquals(1_721_966_500_123L, id.getMostSignificantBits() >>> 16);
    }

    @Test
    @DisplayName("C1: ids rise within a millisecond, past its 4096 counts, and when the clock steps back")
    void rises() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.next().toString());
        }
        clock.millis.addAndGet(-60_000);
        made.add(ids.next().toString());
        clock.millis.addAndGet(120_000);
        made.add(ids.next().toString());
        assertEquals(made.stream().sorted().distinct().toList(), made);
    }

    @Test
    @DisplayName("Threads never get the same id")
    void isSafeForThreads() throws InterruptedException {
        ConcurrentLinkedQueue<UUID> made = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                for (int n = 0; n < 2_000; n++) {
                    made.add(ids.next());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(
                8_000,
                made.stream().map(UUID::getMostSignificantBits).distinct().count());
    }

    @Test
    @DisplayName("The canonical form is read in either case of letters")
    void reads() {
        UUID id = ids.next();
        assertEquals(id, UuidV7.parse(id.toString(), "User"));
        assertEquals(id, UuidV7.parse(id.toString().toUpperCase(java.util.Locale.ROOT), "User"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "0190ed33-2084-76c8-8222-142040abd5f",
                "0190ed33-2084-76c8-8222-142040abd5f77",
                "0190ed33-20840-6c8-8222-142040abd5f7",
                "0190ed33x2084-76c8-8222-142040abd5f7",
                "0190ed33-2084-76c8-8222-142040abd5fg",
                "+190ed33-2084-76c8-8222-142040abd5f7",
                "{190ed33-2084-76c8-8222-142040abd5f}",
                "0190ed3320847 6c88222142040abd5f7000"
            })
    @DisplayName("B2: anything else is 404 and names what is missing")
    void refuses(String text) {
        ApiException e = assertThrows(ApiException.class, () -> UuidV7.parse(text, "User"));
        assertEquals(404, e.status());
        assertEquals("BAD_RESOURCE", e.error());
        assertTrue(String.valueOf(e.getMessage()).startsWith("User "));
    }
}
