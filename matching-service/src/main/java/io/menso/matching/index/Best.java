package io.menso.matching.index;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/// The `k` best hits seen so far.
final class Best {

    private final int k;
    private final double threshold;
    private final PriorityQueue<Hit> worstFirst = new PriorityQueue<>(Hit.BEST_FIRST.reversed());

    /// @param threshold lowest cosine that counts
    Best(int k, double threshold) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1");
        }
        this.k = k;
        this.threshold = threshold;
    }

    /// A cosine below this changes nothing.
    double floor() {
        Hit worst = worstFirst.peek();
        return worst == null || worstFirst.size() < k ? threshold : Math.max(threshold, worst.cosine());
    }

    void offer(Hit hit) {
        if (hit.cosine() < floor()) {
            return;
        }
        worstFirst.add(hit);
        if (worstFirst.size() > k) {
            worstFirst.remove();
        }
    }

    List<Hit> bestFirst() {
        List<Hit> hits = new ArrayList<>(worstFirst);
        hits.sort(Hit.BEST_FIRST);
        return hits;
    }
}
