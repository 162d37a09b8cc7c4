package io.menso.bench.measure;

import java.util.Arrays;

/// Times of single searches, in milliseconds.
public record Latencies(double[] sorted) {

    /// @param nanos as measured; only the first `count` are
    static Latencies of(long[] nanos, int count) {
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            millis[i] = nanos[i] / 1e6;
        }
        Arrays.sort(millis);
        return new Latencies(millis);
    }

    /// Nearest rank.
    public double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1L, 0, sorted.length - 1)];
    }

    public int count() {
        return sorted.length;
    }

    /// Searches a second, one after the other.
    public double rate() {
        return sorted.length / (Arrays.stream(sorted).sum() / 1000);
    }
}
