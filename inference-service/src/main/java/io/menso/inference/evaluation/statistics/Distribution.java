package io.menso.inference.evaluation.statistics;

/// How many pairs lie at or above each cosine, in steps of 1e-5.
public final class Distribution {

    private static final int DIGITS = 10_000;

    private final long[] atOrAbove;

    Distribution(long[] atOrAbove) {
        this.atOrAbove = atOrAbove;
    }

    public long total() {
        return atOrAbove[0];
    }

    /// Number of steps.
    int steps() {
        return atOrAbove.length - 1;
    }

    /// Cosine at which a step begins.
    double cosine(int step) {
        return 2.0 * step / steps() - 1;
    }

    /// Pairs at or above the beginning of a step, 0 to [#steps].
    long count(int step) {
        return atOrAbove[step];
    }

    /// Share of the pairs at or above a cosine, 0 to 1; 0 when there are none at all.
    public double share(double cosine) {
        return total() == 0 ? 0 : (double) atOrAbove[step(cosine)] / total();
    }

    /// Pairs from one cosine to below another one.
    public long between(double from, double to) {
        return atOrAbove[step(from)] - atOrAbove[step(to)];
    }

    /// First step with at most that share of the pairs at or above it.
    int stepAt(double rate) {
        int low = 0;
        int high = steps();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (atOrAbove[middle] <= rate * total()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// Smallest cosine, to four digits, with at most that share of the pairs at or above it.
    ///
    /// @param rate above 0, at most 1
    public double cosineAt(double rate) {
        // The first rounding takes away what the division left, so that .4191 does not become .4192.
        double tidy = Math.rint(cosine(stepAt(rate)) * DIGITS * DIGITS) / DIGITS;
        return Math.min(1, Math.ceil(tidy) / DIGITS);
    }

    private int step(double cosine) {
        return (int) Math.clamp(Math.round((cosine + 1) / 2 * steps()), 0, steps());
    }
}
