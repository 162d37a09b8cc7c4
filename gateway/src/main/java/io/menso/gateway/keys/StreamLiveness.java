package io.menso.gateway.keys;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Whether every change of a key reaches this process in time, judged by the heartbeats of the key stream.
final class StreamLiveness {

    private final LongSupplier nanoTime;
    private final long maxSilence;
    private volatile long lastBeat;
    private volatile boolean beaten;

    /// @param nanoTime   a monotonic clock in nanoseconds
    /// @param maxSilence longest gap between two heartbeats
    StreamLiveness(LongSupplier nanoTime, Duration maxSilence) {
        this.nanoTime = nanoTime;
        this.maxSilence = maxSilence.toNanos();
    }

    boolean isLive() {
        return beaten && nanoTime.getAsLong() - lastBeat < maxSilence;
    }

    void beat() {
        lastBeat = nanoTime.getAsLong();
        beaten = true;
    }

    void lose() {
        beaten = false;
    }
}
