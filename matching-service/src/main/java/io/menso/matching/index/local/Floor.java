package io.menso.matching.index.local;

/// How good a hit of one query must be by now; only rises. Threads that search parts of the rows share it: the k-th
/// best of a part is never better than the k-th best of all.
final class Floor {

    /// Below every cosine; tests compute with floors, so they must be finite.
    private static final double LOWEST = -2;

    private volatile double value;

    /// @param threshold lowest cosine that counts
    /// @throws IllegalArgumentException when it is not a number
    Floor(double threshold) {
        if (Double.isNaN(threshold)) {
            throw new IllegalArgumentException("the threshold is not a number");
        }
        this.value = Math.max(LOWEST, threshold);
    }

    double get() {
        return value;
    }

    synchronized void raise(double least) {
        value = Math.max(value, least);
    }
}
