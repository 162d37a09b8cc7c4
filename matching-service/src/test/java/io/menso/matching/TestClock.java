package io.menso.matching;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that a test sets.
@Singleton
public class TestClock extends Clock {

    private volatile long seconds = 1_800_000_000L;

    @Produces
    @Alternative
    @Priority(1)
    @Singleton
    Clock clock() {
        return this;
    }

    public void set(long value) {
        seconds = value;
    }

    public long now() {
        return seconds;
    }

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
        return Instant.ofEpochSecond(seconds);
    }
}
