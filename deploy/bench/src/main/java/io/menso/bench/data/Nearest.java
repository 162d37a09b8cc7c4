package io.menso.bench.data;

import java.util.ArrayList;
import java.util.List;

/// The best rows seen so far, equal cosines in the order of their users' ids.
public final class Nearest {

    private final double[] cosines;
    private final int[] rows;
    private int count;

    /// @param k how many at most
    public Nearest(int k) {
        this.cosines = new double[k];
        this.rows = new int[k];
    }

    /// A cosine below this changes nothing.
    public double floor() {
        return count < rows.length ? Double.NEGATIVE_INFINITY : cosines[count - 1];
    }

    public void offer(int row, double cosine) {
        if (cosine < floor() || count == rows.length && !precedes(row, cosine, count - 1)) {
            return;
        }
        int place = count < rows.length ? count++ : count - 1;
        while (place > 0 && precedes(row, cosine, place - 1)) {
            cosines[place] = cosines[place - 1];
            rows[place] = rows[place - 1];
            place--;
        }
        cosines[place] = cosine;
        rows[place] = row;
    }

    public void offerAll(Nearest other) {
        for (int i = 0; i < other.count; i++) {
            offer(other.rows[i], other.cosines[i]);
        }
    }

    /// Best first.
    public List<Match> matches(double threshold) {
        List<Match> matches = new ArrayList<>(count);
        for (int i = 0; i < count && cosines[i] >= threshold; i++) {
            matches.add(new Match(rows[i], cosines[i]));
        }
        return matches;
    }

    private boolean precedes(int row, double cosine, int place) {
        if (cosine != cosines[place]) {
            return cosine > cosines[place];
        }
        return Long.compareUnsigned(Generator.mix(row), Generator.mix(rows[place])) < 0;
    }
}
