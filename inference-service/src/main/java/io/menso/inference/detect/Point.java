package io.menso.inference.detect;

import com.fasterxml.jackson.annotation.JsonFormat;

/// A point in the picture, in pixels from its top left; in JSON `[x, y]`.
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Point(double x, double y) {

    public Point times(double factor) {
        return new Point(x * factor, y * factor);
    }

    /// Distance to another point.
    public double distance(Point other) {
        return Math.hypot(x - other.x, y - other.y);
    }
}
