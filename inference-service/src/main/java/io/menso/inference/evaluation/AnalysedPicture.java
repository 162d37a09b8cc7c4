package io.menso.inference.evaluation;

import io.menso.inference.analysis.FrameResult;
import io.menso.inference.detect.Face;
import io.menso.inference.embedding.Template;
import io.menso.inference.quality.Quality;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What became of a picture.
///
/// @param path     of the file
/// @param findings absent when the picture cannot be read
/// @param problem  why it cannot be read, else empty
record AnalysedPicture(Path path, Optional<Findings> findings, String problem) {

    /// What the service's stages say of a picture.
    ///
    /// @param width    of the upright picture in pixels
    /// @param height   of the upright picture in pixels
    /// @param faces    largest first
    /// @param quality  of the largest face, 0 to 1; 0 without one
    /// @param liveness of the largest face, when asked for
    /// @param template of the largest face, when asked for
    record Findings(
            int width,
            int height,
            List<Face> faces,
            double quality,
            Optional<Double> liveness,
            Optional<Template> template) {

        static Findings of(FrameResult frame) {
            return new Findings(
                    frame.width(),
                    frame.height(),
                    frame.faces(),
                    frame.quality().map(Quality::score).orElse(0.0),
                    frame.liveness(),
                    frame.template());
        }
    }

    static AnalysedPicture of(Path path, Findings findings) {
        return new AnalysedPicture(path, Optional.of(findings), "");
    }

    static AnalysedPicture unreadable(Path path, String problem) {
        return new AnalysedPicture(path, Optional.empty(), problem);
    }

    boolean hasFace() {
        return findings.map(found -> !found.faces().isEmpty()).orElse(false);
    }
}
