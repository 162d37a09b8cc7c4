package io.menso.inference.detect;

/// A rectangle in pixels. It may reach beyond the picture when a face is cut by the border.
///
/// @param x left edge
/// @param y top edge
public record Box(double x, double y, double width, double height) {

    public double area() {
        return width * height;
    }

    public double right() {
        return x + width;
    }

    public double bottom() {
        return y + height;
    }

    Box times(double factor) {
        return new Box(x * factor, y * factor, width * factor, height * factor);
    }

    /// Area of the intersection over that of the union, 0 to 1.
    public double overlap(Box other) {
        double across = Math.max(0, Math.min(right(), other.right()) - Math.max(x, other.x));
        double down = Math.max(0, Math.min(bottom(), other.bottom()) - Math.max(y, other.y));
        double common = across * down;
        return common / (area() + other.area() - common);
    }
}
