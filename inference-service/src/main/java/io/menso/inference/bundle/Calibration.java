package io.menso.inference.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// Table of cosine against score and false match rate of one embedding revision (decision H4).
///
/// Between points the score is linear in the cosine, and so is the logarithm of the false match rate.
///
/// @param points at least two, ascending in cosine; the score never falls, the false match rate never rises
public record Calibration(List<Point> points) {

    /// False match rate of the default threshold.
    public static final double DEFAULT_FMR = 1e-4;

    /// One row of the table.
    ///
    /// @param cosine -1 to 1
    /// @param score  0 to 1, what users of the API see
    /// @param fmr    share of pairs of different persons at or above the cosine, 0 to 1; 0 where none was seen
    public record Point(
            @JsonProperty(value = "cosine", required = true) double cosine,
            @JsonProperty(value = "score", required = true) double score,
            @JsonProperty(value = "fmr", required = true) double fmr) {

        public Point {
            if (!(cosine >= -1 && cosine <= 1)) {
                throw new IllegalArgumentException("calibration.cosine must be from -1 to 1");
            }
            if (!(score >= 0 && score <= 1) || !(fmr >= 0 && fmr <= 1)) {
                throw new IllegalArgumentException("calibration.score and calibration.fmr must be from 0 to 1");
            }
        }
    }

    public Calibration {
        points = List.copyOf(points);
        if (points.size() < 2) {
            throw new IllegalArgumentException("calibration needs at least two points");
        }
        for (int i = 1; i < points.size(); i++) {
            requireOrder(points.get(i - 1), points.get(i));
        }
    }

    private static void requireOrder(Point left, Point right) {
        if (right.cosine <= left.cosine || right.score < left.score || right.fmr > left.fmr) {
            throw new IllegalArgumentException("calibration must ascend in cosine, with scores that do not fall"
                    + " and false match rates that do not rise, at cosine " + right.cosine);
        }
    }

    /// Score of a cosine, 0 to 1; beyond the table it is that of the nearest end.
    public double score(double cosine) {
        int right = firstAtOrAbove(cosine);
        if (right == 0) {
            return points.getFirst().score;
        }
        if (right == points.size()) {
            return points.getLast().score;
        }
        Point low = points.get(right - 1);
        Point high = points.get(right);
        if (cosine == high.cosine) {
            return high.score;
        }
        return low.score + (high.score - low.score) * (cosine - low.cosine) / (high.cosine - low.cosine);
    }

    /// Smallest cosine whose false match rate is at most `fmr`; the last point's when the table does not reach it.
    ///
    /// @param fmr above 0, at most 1
    public double cosineAtFmr(double fmr) {
        if (!(fmr > 0 && fmr <= 1)) {
            throw new IllegalArgumentException("a false match rate is above 0 and at most 1");
        }
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).fmr <= fmr) {
                return i == 0 ? points.getFirst().cosine : between(points.get(i - 1), points.get(i), fmr);
            }
        }
        return points.getLast().cosine;
    }

    /// Score at [#cosineAtFmr].
    public double scoreAtFmr(double fmr) {
        return score(cosineAtFmr(fmr));
    }

    /// Score from which two faces count as one person unless the caller says otherwise.
    public double defaultThreshold() {
        return scoreAtFmr(DEFAULT_FMR);
    }

    private static double between(Point low, Point high, double fmr) {
        if (high.fmr == 0) {
            return high.cosine;
        }
        double share = Math.log(low.fmr / fmr) / Math.log(low.fmr / high.fmr);
        return low.cosine + (high.cosine - low.cosine) * share;
    }

    private int firstAtOrAbove(double cosine) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (points.get(middle).cosine < cosine) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
