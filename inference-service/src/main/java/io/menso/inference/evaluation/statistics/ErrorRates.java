package io.menso.inference.evaluation.statistics;

import java.util.ArrayList;
import java.util.List;

/// What a threshold on the cosine does to genuine and to impostor pairs (ISO/IEC 19795-1).
public final class ErrorRates {

    private static final int CURVE_POINTS = 200;
    private static final int TOO_FEW = 20;

    private final Distribution genuine;
    private final Distribution impostor;

    ErrorRates(Distribution genuine, Distribution impostor) {
        this.genuine = genuine;
        this.impostor = impostor;
    }

    /// A threshold and what it does.
    ///
    /// @param rate      false match rate that was asked for, also called FAR
    /// @param cosine    smallest cosine that keeps it
    /// @param fmr       false match rate reached, at most `rate`
    /// @param fnmr      false non-match rate, 0 to 1
    /// @param tar       true accept rate, `1 - fnmr`
    /// @param impostors pairs of different persons that still match
    /// @param supported whether at least 20 pairs would lie above the threshold, so that the rate tells something
    public record OperatingPoint(
            double rate, double cosine, double fmr, double fnmr, double tar, long impostors, boolean supported) {}

    /// A point of the DET curve.
    public record DetPoint(double fmr, double fnmr, double cosine) {}

    /// The threshold for a false match rate.
    ///
    /// @param rate above 0, at most 1
    public OperatingPoint at(double rate) {
        int step = impostor.stepAt(rate);
        double tar = (double) genuine.count(step) / genuine.total();
        return new OperatingPoint(
                rate,
                impostor.cosine(step),
                fmr(step),
                1 - tar,
                tar,
                impostor.count(step),
                impostor.total() * rate >= TOO_FEW);
    }

    /// Equal error rate: where the rates of the two errors meet, straight between two steps.
    public double equalErrorRate() {
        int low = 0;
        int high = genuine.steps();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (fnmr(middle) >= fmr(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if (low == 0) {
            return fnmr(0);
        }
        double before = fmr(low - 1) - fnmr(low - 1);
        double behind = fnmr(low) - fmr(low);
        double share = before / (before + behind);
        return fmr(low - 1) + share * (fmr(low) - fmr(low - 1));
    }

    /// The detection error trade-off from one impostor pair up to half of them, evenly in the logarithm of the FMR.
    public List<DetPoint> curve() {
        double least = Math.log(1.0 / impostor.total());
        double most = Math.log(0.5);
        List<DetPoint> points = new ArrayList<>(CURVE_POINTS);
        int last = -1;
        for (int i = 0; i < CURVE_POINTS; i++) {
            int step = impostor.stepAt(Math.exp(least + (most - least) * i / (CURVE_POINTS - 1)));
            if (step != last && impostor.count(step) > 0) {
                points.add(new DetPoint(fmr(step), fnmr(step), impostor.cosine(step)));
                last = step;
            }
        }
        return points;
    }

    private double fmr(int step) {
        return (double) impostor.count(step) / impostor.total();
    }

    private double fnmr(int step) {
        return 1 - (double) genuine.count(step) / genuine.total();
    }
}
