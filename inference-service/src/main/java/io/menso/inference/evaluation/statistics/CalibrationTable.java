package io.menso.inference.evaluation.statistics;

import io.menso.inference.bundle.Calibration;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// The table of cosine, score and false match rate that an embedding's `model.yaml` carries (decision H4).
///
/// Of several sets of pictures the one with more false matches counts, where it has enough pairs to tell. The score is
/// a logistic curve that is 0.5 at the cosine of [Calibration#DEFAULT_FMR], 0 at cosine -1 and 1 at cosine 1.
public final class CalibrationTable {

    /// Pairs of different persons that a calibration needs at least.
    public static final long LEAST_PAIRS = 200_000;

    private static final double[] LANDMARKS = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5};
    /// Pairs that must lie at or above a cosine before a rate is believed.
    private static final int SUPPORT = 20;

    private static final double STEEPNESS = 10;
    /// A point of the grid beside a landmark says nothing new.
    private static final double BESIDE = 0.012;

    private static final MathContext SCORE_DIGITS = new MathContext(4);
    private static final MathContext RATE_DIGITS = new MathContext(3);

    private final List<Distribution> impostors;
    private final Distribution largest;
    private final double centre;

    /// @param impostors one set of pictures each, at least one with [#LEAST_PAIRS]
    public CalibrationTable(List<Distribution> impostors) {
        this.impostors = List.copyOf(impostors);
        this.largest = impostors.stream()
                .max(Comparator.comparingLong(Distribution::total))
                .orElseThrow(() -> new IllegalArgumentException("no pairs"));
        if (largest.total() < LEAST_PAIRS) {
            throw new IllegalArgumentException("a calibration needs at least " + LEAST_PAIRS
                    + " pairs of different persons, here are " + largest.total());
        }
        this.centre = cosineAt(Calibration.DEFAULT_FMR);
    }

    /// The table: a grid, and the round rates that people ask for.
    public Calibration table() {
        SortedMap<Double, Double> rates = landmarks();
        grid().filter(cosine -> rates.keySet().stream().allMatch(landmark -> Math.abs(landmark - cosine) > BESIDE))
                .boxed()
                .toList()
                .forEach(cosine -> rates.put(cosine, rateAt(cosine)));
        List<Calibration.Point> points = new ArrayList<>();
        double last = 1;
        for (var entry : rates.entrySet()) {
            last = Math.min(last, rounded(entry.getValue(), RATE_DIGITS));
            points.add(new Calibration.Point(entry.getKey(), rounded(score(entry.getKey()), SCORE_DIGITS), last));
        }
        return new Calibration(points);
    }

    /// The table as lines for `model.yaml`; numbers have no exponents, which not every reader takes for numbers.
    public static String yaml(Calibration calibration) {
        return calibration.points().stream()
                .map(point -> "  - {cosine: " + plain(point.cosine()) + ", score: " + plain(point.score()) + ", fmr: "
                        + plain(point.fmr()) + "}\n")
                .collect(Collectors.joining("", "calibration:\n", ""));
    }

    private SortedMap<Double, Double> landmarks() {
        SortedMap<Double, Double> landmarks = new TreeMap<>();
        for (double rate : LANDMARKS) {
            if (largest.total() * rate >= SUPPORT) {
                // Of two rates at one cosine the larger is the honest one.
                landmarks.merge(cosineAt(rate), rate, Math::max);
            }
        }
        return landmarks;
    }

    private static DoubleStream grid() {
        DoubleStream middle = IntStream.rangeClosed(-2, 19).mapToDouble(i -> i * 5 / 100.0);
        return DoubleStream.concat(DoubleStream.of(-1, -0.5, -0.25), DoubleStream.concat(middle, DoubleStream.of(1)));
    }

    private double cosineAt(double rate) {
        return impostors.stream()
                .filter(set -> set.total() * rate >= SUPPORT)
                .mapToDouble(set -> set.cosineAt(rate))
                .max()
                .orElseThrow();
    }

    /// The largest rate of a set; one with too few pairs there is not asked unless it is the largest set.
    private double rateAt(double cosine) {
        return impostors.stream()
                .filter(set -> set == largest || set.total() * set.share(cosine) >= SUPPORT)
                .mapToDouble(set -> set.share(cosine))
                .max()
                .orElseThrow();
    }

    private double score(double cosine) {
        double low = logistic(-1);
        return cosine < centre
                ? 0.5 * (logistic(cosine) - low) / (0.5 - low)
                : 0.5 + 0.5 * (logistic(cosine) - 0.5) / (logistic(1) - 0.5);
    }

    private double logistic(double cosine) {
        return 1 / (1 + Math.exp(-STEEPNESS * (cosine - centre)));
    }

    private static double rounded(double value, MathContext digits) {
        return new BigDecimal(value).round(digits).doubleValue();
    }

    private static String plain(double value) {
        return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
