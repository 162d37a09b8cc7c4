package io.menso.inference.checks;

import io.menso.inference.detect.Box;
import io.menso.inference.detect.Face;
import io.menso.inference.detect.Point;
import java.util.List;

/// Faces at will.
final class Faces {

    private Faces() {}

    /// A face around a centre, four fifths as wide as high, with the eyes 40 % of its height apart.
    static Face at(double centreX, double centreY, double height) {
        return of(centreX, centreY, height, 0.4 * height);
    }

    static Face of(double centreX, double centreY, double height, double eyes) {
        double width = 0.8 * height;
        return new Face(
                0.9,
                new Box(centreX - width / 2, centreY - height / 2, width, height),
                List.of(
                        new Point(centreX - eyes / 2, centreY - 0.1 * height),
                        new Point(centreX + eyes / 2, centreY - 0.1 * height),
                        new Point(centreX, centreY + 0.1 * height),
                        new Point(centreX - eyes / 3, centreY + 0.3 * height),
                        new Point(centreX + eyes / 3, centreY + 0.3 * height)));
    }
}
