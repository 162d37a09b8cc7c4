package io.menso.inference.analysis;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.menso.inference.attributes.Attributes;
import io.menso.inference.detect.Face;
import io.menso.inference.quality.Quality;
import java.util.List;
import java.util.Optional;

/// What `face_analysis` answers, see `deploy/docs/contracts.md`.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AnalysisResponse(
        String model,
        String revision,
        List<Image> images,
        Optional<Double> liveness,
        Optional<EmbeddingJson> embedding) {

    /// One frame.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Image(
            String filename,
            int width,
            int height,
            List<Face> faces,
            Optional<Quality> quality,
            Optional<Double> liveness,
            Optional<Attributes> attributes,
            boolean usable) {

        static Image of(FrameResult frame, boolean usable) {
            return new Image(
                    frame.filename(),
                    frame.width(),
                    frame.height(),
                    frame.faces(),
                    frame.quality(),
                    frame.liveness(),
                    frame.attributes(),
                    usable);
        }
    }
}
