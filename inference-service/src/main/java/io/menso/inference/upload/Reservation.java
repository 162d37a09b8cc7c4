package io.menso.inference.upload;

import io.menso.commons.web.ApiException;
import java.util.concurrent.Semaphore;

/// Memory that one request has taken so far.
final class Reservation {

    private final Semaphore units;
    private final int unit;
    private int held;
    private long used;

    Reservation(Semaphore units, int unit) {
        this.units = units;
        this.unit = unit;
    }

    /// Takes what is going to be needed, without waiting.
    ///
    /// @throws ApiException 503 when there is not enough
    void announce(long bytes) {
        hold(bytes);
    }

    /// Takes more if what is held does not suffice, without waiting.
    ///
    /// @throws ApiException 503 when there is none
    void grow(long bytes) {
        used += bytes;
        hold(used);
    }

    private void hold(long bytes) {
        int wanted = (int) Math.ceilDiv(bytes, unit) - held;
        if (wanted > 0) {
            if (!units.tryAcquire(wanted)) {
                throw ApiException.unavailable("Too many images are being received; try again");
            }
            held += wanted;
        }
    }

    void release() {
        units.release(held);
        held = 0;
    }
}
