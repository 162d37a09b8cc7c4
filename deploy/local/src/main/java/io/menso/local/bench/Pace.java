package io.menso.local.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Spreads requests evenly, at most so many a second, so that a measurement never meets the rate limit.
final class Pace {

    private final long interval;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    Pace(int perSecond) {
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    void await() {
        long now = System.nanoTime();
        long slot = next.updateAndGet(previous -> Math.max(previous + interval, now));
        while (System.nanoTime() < slot) {
            LockSupport.parkNanos(slot - System.nanoTime());
        }
    }
}
