package io.menso.matching.index.local;

import io.menso.matching.index.Entry;
import io.menso.matching.index.Hit;
import java.util.List;

/// What a float64 scan over all rows answers: the truth that the engine is held against.
final class BruteForce {

    private BruteForce() {}

    static List<Hit> search(List<Entry> entries, float[] query, int k, double threshold) {
        return entries.stream()
                .map(entry -> new Hit(entry.user(), entry.version(), dot(entry.vector(), query)))
                .filter(hit -> hit.cosine() >= threshold)
                .sorted(Hit.BEST_FIRST)
                .limit(k)
                .toList();
    }

    static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
