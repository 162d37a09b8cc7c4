package io.menso.inference.quality;

import io.menso.inference.detect.Point;
import java.util.List;

/// Attitude of the head in degrees, estimated from five points: right to about ten degrees.
///
/// @param yaw   positive when the face looks towards larger x
/// @param pitch positive when it looks up
/// @param roll  positive when it leans clockwise
public record Pose(double yaw, double pitch, double roll) {

    /// Height of the nose tip between eyes (0) and mouth (1) when the head is level.
    private static final double LEVEL_NOSE = 0.57;

    private static final double YAW_GAIN = 1.2;
    private static final double PITCH_GAIN = 1.9;

    /// @param points eyes, nose tip and corners of the mouth, the picture's left first
    public static Pose of(List<Point> points) {
        Point left = points.get(0);
        Point right = points.get(1);
        Point nose = points.get(2);
        Point eyes = middle(left, right);
        Point mouth = middle(points.get(3), points.get(4));
        double roll = Math.atan2(right.y() - left.y(), right.x() - left.x());
        double acrossX = Math.cos(roll);
        double acrossY = Math.sin(roll);
        double span = Math.max(1e-6, left.distance(right));
        double drop = Math.max(1e-6, eyes.distance(mouth));
        Point centre = middle(eyes, mouth);
        double aside = ((nose.x() - centre.x()) * acrossX + (nose.y() - centre.y()) * acrossY) / span;
        double below = (-(nose.x() - eyes.x()) * acrossY + (nose.y() - eyes.y()) * acrossX) / drop;
        return new Pose(
                Math.toDegrees(Math.asin(Math.clamp(aside * YAW_GAIN, -1, 1))),
                Math.toDegrees(Math.asin(Math.clamp((LEVEL_NOSE - below) * PITCH_GAIN, -1, 1))),
                Math.toDegrees(roll));
    }

    private static Point middle(Point a, Point b) {
        return new Point((a.x() + b.x()) / 2, (a.y() + b.y()) / 2);
    }
}
