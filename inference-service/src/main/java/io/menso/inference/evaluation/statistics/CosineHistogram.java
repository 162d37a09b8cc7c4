package io.menso.inference.evaluation.statistics;

import java.util.Arrays;

/// Counts of cosines from -1 to 1, exact to a step of 1e-5, so that tens of millions of pairs need no list.
public final class CosineHistogram {

    /// Number of steps.
    static final int BINS = 200_000;

    private final long[] counts = new long[BINS];

    /// Counts one cosine; what rounding puts beyond -1 and 1 counts at the end.
    public void add(double cosine) {
        counts[bin(cosine)]++;
    }

    /// Counts everything of another one.
    void addAll(CosineHistogram other) {
        Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
    }

    static CosineHistogram of(float[] cosines) {
        CosineHistogram histogram = new CosineHistogram();
        for (float cosine : cosines) {
            histogram.add(cosine);
        }
        return histogram;
    }

    /// The shares at or above each step.
    public Distribution distribution() {
        long[] atOrAbove = new long[BINS + 1];
        for (int i = BINS - 1; i >= 0; i--) {
            atOrAbove[i] = atOrAbove[i + 1] + counts[i];
        }
        return new Distribution(atOrAbove);
    }

    static int bin(double cosine) {
        return (int) Math.clamp((cosine + 1) * (BINS / 2), 0, BINS - 1);
    }
}
