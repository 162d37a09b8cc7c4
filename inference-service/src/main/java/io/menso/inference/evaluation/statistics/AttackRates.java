package io.menso.inference.evaluation.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/// Errors of presentation attack detection at one threshold (ISO/IEC 30107-3): a presentation whose score reaches the
/// threshold counts as live.
///
/// @param threshold 0 to 1
/// @param apcer     share of attacks that count as live, for each species of attack instrument
/// @param worst     the largest of these, which is what a system's APCER means
/// @param bpcer     share of live presentations that count as attacks
/// @param acer      mean of `worst` and `bpcer`
public record AttackRates(double threshold, SortedMap<String, Double> apcer, double worst, double bpcer, double acer) {

    /// @param live    scores of live presentations, at least one
    /// @param attacks scores by species, at least one of each
    public static AttackRates at(double threshold, double[] live, Map<String, double[]> attacks) {
        return rates(threshold, sorted(live), sorted(attacks));
    }

    /// The rates where BPCER and the worst APCER are closest to each other, at a score that was seen or just above it.
    public static AttackRates atEqualError(double[] live, Map<String, double[]> attacks) {
        double[] sortedLive = sorted(live);
        Map<String, double[]> sortedAttacks = sorted(attacks);
        return DoubleStream.concat(
                        Arrays.stream(live), attacks.values().stream().flatMapToDouble(Arrays::stream))
                .flatMap(score -> DoubleStream.of(score, Math.nextUp(score)))
                .sorted()
                .distinct()
                .mapToObj(threshold -> rates(threshold, sortedLive, sortedAttacks))
                .min(Comparator.comparingDouble(AttackRates::gap).thenComparingDouble(AttackRates::acer))
                .orElseThrow(() -> new IllegalArgumentException("no scores"));
    }

    private static AttackRates rates(double threshold, double[] live, Map<String, double[]> attacks) {
        SortedMap<String, Double> apcer = new TreeMap<>();
        attacks.forEach((species, scores) -> apcer.put(species, 1 - below(scores, threshold)));
        double worst =
                apcer.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double bpcer = below(live, threshold);
        return new AttackRates(threshold, apcer, worst, bpcer, (worst + bpcer) / 2);
    }

    private double gap() {
        return Math.abs(worst - bpcer);
    }

    /// Share of the scores below a threshold.
    private static double below(double[] sorted, double threshold) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < threshold) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return (double) low / sorted.length;
    }

    private static double[] sorted(double[] scores) {
        return Arrays.stream(scores).sorted().toArray();
    }

    private static Map<String, double[]> sorted(Map<String, double[]> scores) {
        Map<String, double[]> sorted = new TreeMap<>();
        scores.forEach((species, values) -> sorted.put(species, sorted(values)));
        return sorted;
    }
}
