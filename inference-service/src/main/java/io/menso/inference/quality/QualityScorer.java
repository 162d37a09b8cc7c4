package io.menso.inference.quality;

import io.menso.inference.detect.Face;
import io.menso.inference.image.Pixels;

/// Measures a face on its aligned 112 x 112 crop, so that all faces are compared at one size.
public final class QualityScorer {

    /// Changes when the measure does.
    public static final String VERSION = "1";

    private static final int FIRST = 20;
    private static final int LAST = 92;
    /// Laplacian over spread: portraits in focus reach 0.4 to 0.8, blurred by a 25th of the eye distance 0.16 to 0.25,
    /// by a 12th 0.05 to 0.10.
    private static final double BLURRED = 0.06;

    private static final double SHARP = 0.30;
    private static final double FULL_CONTRAST = 0.20;
    private static final double SMALL_EYES = 12;
    private static final double GOOD_EYES = 40;
    private static final double FRONTAL = 25;
    private static final double PROFILE = 70;

    private QualityScorer() {}

    /// @param aligned    the face in the ArcFace template, 112 x 112
    /// @param face       where it was, in pixels of the file
    public static Quality measure(Pixels aligned, Face face) {
        double[] grey = grey(aligned);
        double mean = mean(grey);
        double spread = spread(grey, mean);
        double sharpness = ramp(detail(grey) / Math.max(spread, 0.02), BLURRED, SHARP);
        double contrast = Math.min(1, spread / FULL_CONTRAST);
        Pose pose = Pose.of(face.landmarks());
        double turned = Math.max(Math.abs(pose.yaw()), Math.abs(pose.pitch()));
        double score = sharpness
                * exposure(mean)
                * ramp(contrast, 0.05, 0.4)
                * ramp(face.eyeDistance(), SMALL_EYES, GOOD_EYES)
                * (1 - ramp(turned, FRONTAL, PROFILE));
        return new Quality(score, sharpness, mean, contrast, pose);
    }

    private static double[] grey(Pixels aligned) {
        int side = LAST - FIRST;
        double[] grey = new double[side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int value = aligned.at(FIRST + x, FIRST + y);
                grey[y * side + x] =
                        (0.299 * (value >> 16 & 0xFF) + 0.587 * (value >> 8 & 0xFF) + 0.114 * (value & 0xFF)) / 255;
            }
        }
        return grey;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double spread(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length);
    }

    /// Root mean square of the Laplacian.
    private static double detail(double[] grey) {
        int side = LAST - FIRST;
        double sum = 0;
        for (int y = 1; y < side - 1; y++) {
            for (int x = 1; x < side - 1; x++) {
                int at = y * side + x;
                double laplacian = 4 * grey[at] - grey[at - 1] - grey[at + 1] - grey[at - side] - grey[at + side];
                sum += laplacian * laplacian;
            }
        }
        return Math.sqrt(sum / ((side - 2) * (side - 2)));
    }

    private static double exposure(double brightness) {
        return ramp(brightness, 0.06, 0.22) * (1 - ramp(brightness, 0.82, 0.97));
    }

    /// 0 below `low`, 1 above `high`, straight between.
    static double ramp(double value, double low, double high) {
        return Math.clamp((value - low) / (high - low), 0, 1);
    }
}
