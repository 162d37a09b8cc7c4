package io.menso.inference.analysis;

import io.menso.inference.attributes.Attributes;
import io.menso.inference.detect.Face;
import io.menso.inference.detect.Point;
import io.menso.inference.embedding.Template;
import io.menso.inference.quality.Quality;
import java.util.List;
import java.util.Optional;

/// Everything known of one frame.
///
/// @param filename   as sent
/// @param width         of the upright picture in pixels
/// @param height       of the upright picture in pixels
/// @param faces         largest first
/// @param quality     of the largest face
/// @param liveness   of the largest face, 0 to 1, when asked for
/// @param template   of the largest face, when asked for
/// @param attributes of the largest face, when asked for
/// @param landmarks  68 points of the largest face, when asked for
public record FrameResult(
        String filename,
        int width,
        int height,
        List<Face> faces,
        Optional<Quality> quality,
        Optional<Double> liveness,
        Optional<Template> template,
        Optional<Attributes> attributes,
        Optional<List<Point>> landmarks) {

    /// A result without attributes and landmarks.
    public FrameResult(
            String filename,
            int width,
            int height,
            List<Face> faces,
            Optional<Quality> quality,
            Optional<Double> liveness,
            Optional<Template> template) {
        this(filename, width, height, faces, quality, liveness, template, Optional.empty(), Optional.empty());
    }
}
