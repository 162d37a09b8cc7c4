package io.menso.matching.index.local;

/// How good a hit of one query must be by now; only rises. Threads that search parts of the rows share it: the k-th
/// best of a part is never better than the k-th best of all.
final class Floor {

    private volatile double value;

    /// @param threshold lowest cosine that counts
    Floor(double threshold) {
        this.value = threshold;
    }

    double get() {
        return value;
    }

    synchronized void raise(double least) {
        value = Math.max(value, least);
    }
}
