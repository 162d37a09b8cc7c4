package io.menso.inference.image;

import io.menso.commons.web.ApiException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Memory that many tasks share. One that wants more than there is gets all of it, alone.
public final class MemoryBudget {

    private static final int UNIT = 4096;

    private final Semaphore units;
    private final int total;

    /// @param bytes the shared amount
    public MemoryBudget(long bytes) {
        this.total = Math.toIntExact(Math.max(1, bytes / UNIT));
        this.units = new Semaphore(total, true);
    }

    /// A share of the memory; closing gives it back.
    public final class Share implements AutoCloseable {

        private final int held;

        private Share(int held) {
            this.held = held;
        }

        @Override
        public void close() {
            units.release(held);
        }
    }

    /// Takes a share, waiting for others to give theirs back.
    ///
    /// @throws ApiException 503 when it does not become free in time
    public Share take(long bytes, Duration patience) {
        int wanted = (int) Math.clamp(Math.ceilDiv(bytes, UNIT), 1, total);
        try {
            if (units.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Share(wanted);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ApiException.unavailable("Too many images are being worked on; try again");
    }

    /// Bytes not taken now.
    public long free() {
        return (long) units.availablePermits() * UNIT;
    }
}
