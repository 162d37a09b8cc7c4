package io.menso.matching.search;

import io.menso.commons.web.ApiException;
import io.menso.matching.remote.CalibrationTable;
import io.menso.matching.remote.CalibrationTable.Point;
import java.util.ArrayList;
import java.util.List;

/// Turns cosines of one embedding revision into scores from 0 to 1 (H4): straight lines between the table's
/// points, on to (-1, 0) below and (1, 1) above, rounded to four decimals. Monotone in every step.
public final class Calibration {

    private static final double STEPS = 10_000;
    private static final double DEFAULT_FMR = 1e-4;
    private static final int BISECTIONS = 64;
    /// Vectors beyond it cannot be indexed; a face stored with one could never be found.
    private static final int LARGEST_DIMENSION = 4096;

    private final int dimension;
    private final double defaultThreshold;
    private final double[] cosines;
    private final double[] scores;

    /// @throws ApiException 503 when the table is not ascending: an answer from it would be wrong; or when no index
    ///                      holds vectors of its dimension
    public Calibration(CalibrationTable table) {
        List<Point> points = withEnds(table.points());
        this.dimension = table.dimension();
        this.cosines = points.stream().mapToDouble(Point::cosine).toArray();
        this.scores = points.stream().mapToDouble(Point::score).toArray();
        requireUsable();
        Double threshold = table.threshold();
        this.defaultThreshold = threshold != null ? threshold : atDefaultRate(table.points());
    }

    /// The score of two faces.
    ///
    /// @return 0 to 1, higher is more alike, four decimals
    public double score(double cosine) {
        return Math.round(interpolate(Math.clamp(cosine, -1.0, 1.0)) * STEPS) / STEPS;
    }

    /// The smallest cosine whose score reaches a threshold; infinite when none does.
    public double cosineOf(double threshold) {
        if (score(1) < threshold) {
            return Double.POSITIVE_INFINITY;
        }
        if (score(-1) >= threshold) {
            return Double.NEGATIVE_INFINITY;
        }
        double low = -1;
        double high = 1;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (score(middle) >= threshold) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /// Score at which one in ten thousand strangers is taken for the person.
    public double defaultThreshold() {
        return defaultThreshold;
    }

    /// @throws ApiException 400 when vectors of this revision have another length
    public void requireDimension(float[] vector) {
        if (vector.length != dimension) {
            throw ApiException.badRequest("embedding.vector of this revision must hold " + dimension + " numbers");
        }
    }

    private double interpolate(double cosine) {
        int right = 1;
        while (cosines[right] < cosine) {
            right++;
        }
        int left = right - 1;
        double slope = (scores[right] - scores[left]) / (cosines[right] - cosines[left]);
        return Math.min(scores[right], scores[left] + (cosine - cosines[left]) * slope);
    }

    private static List<Point> withEnds(List<Point> points) {
        List<Point> all = new ArrayList<>(points);
        if (all.isEmpty() || all.getFirst().cosine() > -1) {
            all.addFirst(new Point(-1, 0, 1));
        }
        if (all.getLast().cosine() < 1) {
            all.addLast(new Point(1, 1, 0));
        }
        return all;
    }

    private void requireUsable() {
        boolean usable = dimension >= 1 && dimension <= LARGEST_DIMENSION;
        usable &= cosines[0] == -1 && cosines[cosines.length - 1] == 1 && scores[0] >= 0;
        for (int i = 1; i < cosines.length; i++) {
            usable &= cosines[i] > cosines[i - 1] && scores[i] >= scores[i - 1];
        }
        if (!usable || scores[scores.length - 1] > 1) {
            throw ApiException.unavailable("The calibration of this revision cannot be used");
        }
    }

    private static double atDefaultRate(List<Point> points) {
        return points.stream()
                .filter(point -> point.fmr() <= DEFAULT_FMR)
                .mapToDouble(Point::score)
                .findFirst()
                .orElse(1);
    }
}
