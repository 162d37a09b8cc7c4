package io.menso.matching.index.local;

import io.menso.matching.index.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/// The `k` best hits seen so far by one thread, which knows from the others how good a hit must be.
final class Best {

    private final int k;
    private final Floor shared;
    private final PriorityQueue<Hit> worstFirst = new PriorityQueue<>(Hit.BEST_FIRST.reversed());

    Best(int k, Floor shared) {
        this.k = k;
        this.shared = shared;
    }

    /// A cosine below this changes nothing.
    double floor() {
        return shared.get();
    }

    void offer(Hit hit) {
        if (hit.cosine() < floor()) {
            return;
        }
        worstFirst.add(hit);
        if (worstFirst.size() > k) {
            worstFirst.remove();
        }
        Hit worst = worstFirst.peek();
        if (worst != null && worstFirst.size() == k) {
            shared.raise(worst.cosine());
        }
    }

    /// All that were kept, best first.
    static List<Hit> merge(List<Best> parts, int k) {
        List<Hit> hits = new ArrayList<>();
        parts.forEach(part -> hits.addAll(part.worstFirst));
        hits.sort(Hit.BEST_FIRST);
        return List.copyOf(hits.subList(0, Math.min(k, hits.size())));
    }
}
