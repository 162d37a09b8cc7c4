package io.menso.matching.index.local;

import io.menso.matching.index.Candidates;
import io.menso.matching.index.Hit;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes rows through the levels of their codes and judges those that are left by their float32 numbers.
///
/// A row is dropped only when a bound says that it cannot reach the floor. For one probe and one thread.
final class Cascade {

    /// Rows that go through the levels together: their first level stays in the processor's cache for all probes.
    static final int STRIP = 1024;

    /// A level's bound in strict mode is worth its price below this squared spread.
    private static final double STRICT_SPREAD = 0.1;

    private final Codec codec;
    private final Layout layout;
    private final Kernel kernel;
    private final Snapshot snapshot;
    private final Probe probe;
    private final Best best;
    private final @Nullable Candidates among;
    private final Counters counters;
    private final int last;
    private final short[] scanned = new short[STRIP];
    private final int[] sums = new int[STRIP];
    private final int[] kept = new int[STRIP + Kernel.LANES];
    private final int[] finalists = new int[STRIP];
    private final double[] promises = new double[STRIP];
    private final long[] order = new long[STRIP];
    private int finalistCount;

    /// @param among whose rows count; everybody's when absent
    Cascade(Codec codec, Snapshot snapshot, Probe probe, Best best, @Nullable Candidates among, Counters counters) {
        this.codec = codec;
        this.layout = codec.layout();
        this.kernel = codec.kernel();
        this.snapshot = snapshot;
        this.probe = probe;
        this.best = best;
        this.among = among;
        this.counters = counters;
        this.last = layout.levels() - 1;
    }

    /// Searches a run of rows of one chunk.
    ///
    /// @param index of the chunk
    /// @param from  first row, a multiple of [#STRIP]
    void strip(int index, int from) {
        Chunk chunk = snapshot.chunks()[index];
        int count = Math.min(STRIP, chunk.capacity() - from);
        int left = probe.mode() == Mode.STANDARD ? scan(chunk, from, count) : everyRow(count);
        levels(index, chunk, from, left);
    }

    private void levels(int index, Chunk chunk, int from, int count) {
        int left = count;
        for (int level = 1; level <= last && left > 0; level++) {
            left = look(level, chunk, from, left);
        }
        Kernel.Test test = test(last);
        for (int i = 0; i < left; i++) {
            nominate(chunk, from + kept[i], Snapshot.place(index, from + kept[i]), sums[kept[i]], test);
        }
        judge();
    }

    /// Searches some rows of a chunk; level 0, whose rows lie side by side, is left out.
    ///
    /// @param index of the chunk
    /// @param rows  numbers within the chunk
    /// @param count of the rows, at most [#STRIP]
    void rows(int index, int[] rows, int count) {
        Chunk chunk = snapshot.chunks()[index];
        int end = 0;
        for (int begin = 0; begin < count; begin = end) {
            int from = rows[begin] / STRIP * STRIP;
            end = begin;
            while (end < count && rows[end] / STRIP * STRIP == from) {
                kept[end - begin] = rows[end] - from;
                sums[rows[end] - from] = 0;
                end++;
            }
            levels(index, chunk, from, end - begin);
        }
    }

    private int scan(Chunk chunk, int from, int count) {
        counters.looked(0, count);
        kernel.scan(layout, chunk.scanned(), from, count, probe.tables(), scanned);
        int left = kernel.keep(chunk.inverses(), chunk.spreads(), from, count, scanned, test(0), kept);
        for (int i = 0; i < left; i++) {
            sums[kept[i]] = 0;
        }
        return left;
    }

    private int everyRow(int count) {
        for (int i = 0; i < count; i++) {
            kept[i] = i;
            sums[i] = 0;
        }
        return count;
    }

    private int look(int level, Chunk chunk, int from, int count) {
        counters.looked(level, count);
        int read = layout.wordsThrough(level - 1);
        int words = layout.wordsThrough(level);
        kernel.differing(layout, chunk.rows(), from, kept, count, read, words, probe.bits(), sums);
        return isTested(level) ? sieve(level, chunk, from, count) : count;
    }

    private int sieve(int level, Chunk chunk, int from, int count) {
        Kernel.Test test = test(level);
        int left = 0;
        for (int i = 0; i < count; i++) {
            int at = kept[i];
            if (passes(level, chunk, from + at, sums[at], test)) {
                kept[left++] = at;
            }
        }
        return left;
    }

    private Kernel.Test test(int level) {
        return probe.test(level, best.floor());
    }

    private boolean isTested(int level) {
        return probe.mode() == Mode.STANDARD || codec.typicalSpread(level) < STRICT_SPREAD;
    }

    private boolean passes(int level, Chunk chunk, int row, int sum, Kernel.Test test) {
        float inverse = chunk.inverse(level, row);
        float spread = chunk.spread(level, row);
        return probe.mode() == Mode.STANDARD
                ? test.passes(inverse, spread, sum)
                : probe.bound(test, inverse, spread, sum) >= best.floor();
    }

    /// Remembers a row with the most that its inner product can be.
    private void nominate(Chunk chunk, int row, int place, int sum, Kernel.Test test) {
        float inverse = chunk.inverse(last, row);
        float spread = chunk.spread(last, row);
        double floor = best.floor();
        finalists[finalistCount] = place;
        double most = probe.mode() == Mode.STANDARD
                ? test.most(inverse, spread, sum) - test.limit() + floor
                : probe.bound(test, inverse, spread, sum);
        promises[finalistCount] = most;
        order[finalistCount] = (long) sortable((float) most) << Integer.SIZE | finalistCount;
        finalistCount++;
    }

    /// Judges the finalists, the most promising first: the better the best, the fewer of the others must be read.
    private void judge() {
        Arrays.sort(order, 0, finalistCount);
        for (int i = finalistCount - 1; i >= 0; i--) {
            int at = (int) order[i];
            if (promises[at] >= best.floor()) {
                judge(finalists[at]);
            }
        }
        finalistCount = 0;
    }

    private void judge(int place) {
        Chunk chunk = snapshot.chunks()[Snapshot.chunk(place)];
        int row = Snapshot.row(place);
        if (!chunk.isVisible(row, snapshot.change())) {
            return;
        }
        UUID user = chunk.user(row);
        if (among == null || among.contains(user)) {
            counters.read();
            best.offer(new Hit(user, chunk.version(row), dot(chunk.vector(row), probe.vector())));
        }
    }

    /// In float64, summed in order, so that every machine gets the same number.
    private static double dot(float[] row, float[] query) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += (double) row[i] * query[i];
        }
        return sum;
    }

    /// Whole numbers in the order of the floats.
    private static int sortable(float number) {
        int bits = Float.floatToIntBits(number);
        return bits ^ bits >> Integer.SIZE - 1 & Integer.MAX_VALUE;
    }
}
