package io.menso.inference.align;

import io.menso.inference.detect.Point;
import java.util.List;

/// A rotation, scaling and shift of the plane: `(x, y) -> (a x - b y + shiftX, b x + a y + shiftY)`.
public record Similarity(double a, double b, double shiftX, double shiftY) {

    /// Places of the five points in the 112 x 112 crop that ArcFace and its descendants are trained on.
    public static final List<Point> ARCFACE_112 = List.of(
            new Point(38.2946, 51.6963),
            new Point(73.5318, 51.5014),
            new Point(56.0252, 71.7366),
            new Point(41.5493, 92.3655),
            new Point(70.7299, 92.2041));

    /// The least-squares similarity without reflection (Umeyama, 1991, in closed form for the plane).
    ///
    /// @param from at least two points, not all the same
    /// @param to   as many points
    public static Similarity between(List<Point> from, List<Point> to) {
        Point source = centre(from);
        Point target = centre(to);
        double along = 0;
        double across = 0;
        double spread = 0;
        for (int i = 0; i < from.size(); i++) {
            double x = from.get(i).x() - source.x();
            double y = from.get(i).y() - source.y();
            double u = to.get(i).x() - target.x();
            double v = to.get(i).y() - target.y();
            along += x * u + y * v;
            across += x * v - y * u;
            spread += x * x + y * y;
        }
        if (!(spread > 0)) {
            throw new IllegalArgumentException("the points coincide");
        }
        double a = along / spread;
        double b = across / spread;
        return new Similarity(
                a, b, target.x() - a * source.x() + b * source.y(), target.y() - b * source.x() - a * source.y());
    }

    /// Length of the image of a unit length.
    public double scale() {
        return Math.hypot(a, b);
    }

    public Point apply(Point point) {
        return new Point(a * point.x() - b * point.y() + shiftX, b * point.x() + a * point.y() + shiftY);
    }

    /// The way back.
    public Similarity inverse() {
        double square = a * a + b * b;
        double backA = a / square;
        double backB = -b / square;
        return new Similarity(backA, backB, -(backA * shiftX - backB * shiftY), -(backB * shiftX + backA * shiftY));
    }

    private static Point centre(List<Point> points) {
        return new Point(
                points.stream().mapToDouble(Point::x).average().orElseThrow(),
                points.stream().mapToDouble(Point::y).average().orElseThrow());
    }
}
