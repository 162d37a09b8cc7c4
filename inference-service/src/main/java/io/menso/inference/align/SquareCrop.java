package io.menso.inference.align;

import io.menso.inference.detect.Box;
import io.menso.inference.detect.Point;
import io.menso.inference.image.Pixels;

/// A square of a picture around a face, upright. Where it reaches beyond the picture, the edge goes on.
///
/// @param left x of its left edge in pixels
/// @param top  y of its top edge in pixels
/// @param side in pixels
public record SquareCrop(double left, double top, double side) {

    /// The square around the centre of a box.
    ///
    /// @param scale side of the square in longer sides of the box
    public static SquareCrop around(Box box, double scale) {
        double side = Math.max(1, scale * Math.max(box.width(), box.height()));
        return new SquareCrop(box.x() + box.width() / 2 - side / 2, box.y() + box.height() / 2 - side / 2, side);
    }

    /// @param size side of the result in pixels
    public Pixels cut(Pixels picture, int size) {
        double step = side / size;
        // Centres of pixels have whole coordinates.
        double centre = (step - 1) / 2;
        return Resampler.warpRepeating(picture, new Similarity(step, 0, left + centre, top + centre), size);
    }

    /// A point of the square in pixels of the picture.
    ///
    /// @param x share of the side, from the left
    /// @param y share of the side, from the top
    public Point place(double x, double y) {
        return new Point(left + x * side, top + y * side);
    }
}
