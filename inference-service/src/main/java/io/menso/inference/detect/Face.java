package io.menso.inference.detect;

import java.util.List;

/// A detected face.
///
/// @param score     confidence of the detector, 0 to 1
/// @param box       where it is
/// @param landmarks the eye on the picture's left, the other eye, nose tip, and the corners of the mouth, left first
public record Face(double score, Box box, List<Point> landmarks) {

    public Face {
        landmarks = List.copyOf(landmarks);
        if (landmarks.size() != 5) {
            throw new IllegalArgumentException("a face has five landmarks");
        }
    }

    /// The same face in a picture whose side is `factor` times as long.
    public Face times(double factor) {
        return new Face(
                score,
                box.times(factor),
                landmarks.stream().map(point -> point.times(factor)).toList());
    }

    /// Distance between the eyes in pixels.
    public double eyeDistance() {
        return landmarks.get(0).distance(landmarks.get(1));
    }
}
