package io.menso.bench.engine;

import io.menso.bench.data.Match;
import io.menso.bench.data.Nearest;
import io.menso.bench.data.Parallel;
import java.util.List;

/// Scans in parts, on all threads.
final class Scans {

    /// Rows for which a second thread pays.
    private static final int SPLIT = 4_096;

    private Scans() {}

    static List<Match> search(Parallel parallel, int rows, int k, double threshold, Parallel.Range<Nearest> scan) {
        if (parallel.threads() == 1 || rows < SPLIT) {
            return scan.work(0, rows).matches(threshold);
        }
        Nearest all = new Nearest(k);
        parallel.split(rows, scan).forEach(all::offerAll);
        return all.matches(threshold);
    }
}
