package io.menso.inference.evaluation.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Error versus reject: how the false non-match rate falls as the worst pictures are left out (Grother and Tabassi,
/// "Performance of Biometric Quality Measures", 2007). The threshold stays where it was with all pictures.
///
/// @param fmr    false match rate of the threshold
/// @param points from no picture left out to 30 %, in steps of 1 %
/// @param area   mean false non-match rate over the curve (area below it, divided by its width); smaller is better
public record RejectCurve(double fmr, List<Point> points, double area) {

    private static final int STEPS = 30;

    /// A point of the curve.
    ///
    /// @param rejected share of the pictures that are left out, worst quality first
    /// @param fnmr     false non-match rate of the pairs that are left
    /// @param pairs    how many these are
    public record Point(double rejected, double fnmr, long pairs) {}

    /// @param genuine   pairs of pictures
    /// @param quality   of each picture, larger is better
    /// @param threshold cosine below which a pair does not match
    /// @param fmr       false match rate of that threshold, only repeated in the result
    public static RejectCurve of(GenuinePairs genuine, double[] quality, double threshold, double fmr) {
        int[] ranks = ranks(quality);
        long[] lost = new long[quality.length + 1];
        long[] all = new long[quality.length + 1];
        for (int i = 0; i < genuine.size(); i++) {
            int worst = Math.min(ranks[genuine.left()[i]], ranks[genuine.right()[i]]);
            all[worst]++;
            lost[worst] += genuine.cosines()[i] < threshold ? 1 : 0;
        }
        for (int rank = quality.length - 1; rank >= 0; rank--) {
            all[rank] += all[rank + 1];
            lost[rank] += lost[rank + 1];
        }
        List<Point> points = IntStream.rangeClosed(0, STEPS)
                .mapToObj(percent -> {
                    int rejected = (int) ((long) quality.length * percent / 100);
                    double fnmr = all[rejected] == 0 ? 0 : (double) lost[rejected] / all[rejected];
                    return new Point(percent / 100.0, fnmr, all[rejected]);
                })
                .toList();
        return new RejectCurve(fmr, points, area(points));
    }

    /// 0 for the worst picture, one more for each better one; equal ones in their order.
    private static int[] ranks(double[] quality) {
        int[] ranks = new int[quality.length];
        List<Integer> order = IntStream.range(0, quality.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> quality[i]))
                .toList();
        for (int rank = 0; rank < ranks.length; rank++) {
            ranks[order.get(rank)] = rank;
        }
        return ranks;
    }

    private static double area(List<Point> points) {
        double sum = 0;
        for (int i = 1; i < points.size(); i++) {
            sum += (points.get(i - 1).fnmr + points.get(i).fnmr) / 2;
        }
        return sum / (points.size() - 1);
    }
}
