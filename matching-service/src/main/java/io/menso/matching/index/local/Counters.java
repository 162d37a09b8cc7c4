package io.menso.matching.index.local;

import java.util.concurrent.atomic.LongAdder;

/// Counts what searches looked at.
final class Counters {

    private static final int LEVELS = 4;

    private final LongAdder searches = new LongAdder();
    private final LongAdder[] rows = new LongAdder[LEVELS];
    private final LongAdder vectors = new LongAdder();

    Counters() {
        for (int level = 0; level < LEVELS; level++) {
            rows[level] = new LongAdder();
        }
    }

    void searched(int probes) {
        searches.add(probes);
    }

    void looked(int level, int count) {
        rows[level].add(count);
    }

    void read() {
        vectors.increment();
    }

    Statistics statistics() {
        long[] byLevel = new long[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            byLevel[level] = rows[level].sum();
        }
        return new Statistics(
                searches.sum(), java.util.Arrays.stream(byLevel).boxed().toList(), vectors.sum());
    }
}
