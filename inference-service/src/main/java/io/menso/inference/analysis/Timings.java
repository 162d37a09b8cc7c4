package io.menso.inference.analysis;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Where the time of one request goes, for the `Server-Timing` header. Times of frames worked on at once add up.
public final class Timings {

    /// Parts of the work.
    public enum Stage {
        /// Reading the body.
        RECEIVE,
        /// Waiting for threads and networks.
        QUEUE,
        DECODE,
        /// Scaling for the detector, crops, quality.
        PREPARE,
        /// Inside the networks.
        INFERENCE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final double NANOS_PER_MILLI = 1e6;

    private final long start = System.nanoTime();
    private final AtomicLongArray nanos = new AtomicLongArray(Stage.values().length);

    public void add(Stage stage, long nanoseconds) {
        nanos.addAndGet(stage.ordinal(), nanoseconds);
    }

    /// Nanoseconds counted for a part so far.
    public long nanos(Stage stage) {
        return nanos.get(stage.ordinal());
    }

    /// Runs work and counts its time.
    public <T> T measure(Stage stage, Supplier<T> work) {
        long before = System.nanoTime();
        try {
            return work.get();
        } finally {
            add(stage, System.nanoTime() - before);
        }
    }

    /// Milliseconds as the header carries them, such as `decode;dur=12.3, inference;dur=8.0, total;dur=25.1`.
    public String header() {
        String stages = Arrays.stream(Stage.values())
                .map(stage -> entry(stage.label(), nanos.get(stage.ordinal())))
                .collect(Collectors.joining(", "));
        return stages + ", " + entry("total", System.nanoTime() - start);
    }

    private static String entry(String name, long nanos) {
        return String.format(Locale.ROOT, "%s;dur=%.1f", name, nanos / NANOS_PER_MILLI);
    }
}
