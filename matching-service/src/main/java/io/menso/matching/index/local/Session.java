package io.menso.matching.index.local;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/// The time for which one process has the files open; counts what it seals.
final class Session {

    private final int number;
    private final AtomicLong count = new AtomicLong();

    /// @param number 1 or more
    Session(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /// One that was not used before; begins with the session's number.
    byte[] nonce() {
        return ByteBuffer.allocate(RowSeal.NONCE)
                .putInt(number)
                .putLong(count.incrementAndGet())
                .array();
    }
}
