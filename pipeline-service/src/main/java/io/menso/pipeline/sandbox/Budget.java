package io.menso.pipeline.sandbox;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What one request may spend, shared by its execution and all that are nested in it.
public final class Budget {

    private final long cpuNanos;
    private final long deadlineNanos;
    private final int calls;
    private final AtomicLong cpuUsed = new AtomicLong();
    private final AtomicInteger callsMade = new AtomicInteger();

    /// Starts the wall clock.
    public Budget(SandboxConfig config) {
        this.cpuNanos = config.cpuMillis() * 1_000_000L;
        this.deadlineNanos = System.nanoTime() + config.wallMillis() * 1_000_000L;
        this.calls = config.calls();
    }

    /// Takes one call.
    ///
    /// @return whether it was still allowed
    boolean takeCall() {
        return callsMade.incrementAndGet() <= calls;
    }

    /// CPU time spent so far in nanoseconds.
    public long cpuUsed() {
        return cpuUsed.get();
    }

    long cpuLeft() {
        return cpuNanos - cpuUsed.get();
    }

    void spend(long nanos) {
        cpuUsed.addAndGet(nanos);
    }

    long wallLeft() {
        return deadlineNanos - System.nanoTime();
    }
}
