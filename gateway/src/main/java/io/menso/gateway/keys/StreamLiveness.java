package io.menso.gateway.keys;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Whether every change of a key reaches this process in time, judged by the heartbeats of the key stream.
final class StreamLiveness {

    private final LongSupplier nanoTime;
    private final long maxSilence;
    private volatile long lastBeat;
    private volatile boolean beaten;

    /// @param nanoTime   a monotonic clock in nanoseconds
    /// @param maxSilence longest time since the newest heartbeat was sent
    StreamLiveness(LongSupplier nanoTime, Duration maxSilence) {
        this.nanoTime = nanoTime;
        this.maxSilence = maxSilence.toNanos();
    }

    boolean isLive() {
        return beaten && nanoTime.getAsLong() - lastBeat < maxSilence;
    }

    /// @param ageMillis how long ago the heartbeat was sent
    void beat(long ageMillis) {
        lastBeat = nanoTime.getAsLong() - TimeUnit.MILLISECONDS.toNanos(ageMillis);
        beaten = true;
    }

    void lose() {
        beaten = false;
    }
}
