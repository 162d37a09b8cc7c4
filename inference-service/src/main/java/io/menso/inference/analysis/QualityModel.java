package io.menso.inference.analysis;

import io.menso.inference.model.Arguments;
import io.menso.inference.model.Model;
import io.menso.inference.quality.Pose;
import io.menso.inference.quality.Quality;
import io.menso.inference.upload.UploadedImage;
import java.util.List;

/// Quality of the largest face of each image. It is computed, not learned, so its name carries no parameters.
public final class QualityModel implements Model {

    /// Name in the API.
    public static final String NAME = "face_quality";

    private final String revision;
    private final Stages stages;
    private final FrameAnalyser analyser;

    public QualityModel(String revision, Stages stages, FrameAnalyser analyser) {
        this.revision = revision;
        this.stages = stages;
        this.analyser = analyser;
    }

    /// Response of quality models (decision F3).
    public record Response(String model, String revision, List<Image> images) {}

    /// One image, see [Quality].
    public record Image(
            String filename, double score, double sharpness, double brightness, double contrast, Pose pose) {

        static Image of(FrameResult frame) {
            Quality quality = frame.quality().orElseThrow();
            return new Image(
                    frame.filename(),
                    quality.score(),
                    quality.sharpness(),
                    quality.brightness(),
                    quality.contrast(),
                    quality.pose());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String revision() {
        return revision;
    }

    @Override
    public String description() {
        return "Sharpness, exposure, size and pose of the largest face, measured without a network of its own";
    }

    @Override
    public Response execute(List<UploadedImage> images, Arguments arguments, Timings timings) {
        double threshold = stages.detector().defaultThreshold();
        return new Response(
                NAME,
                revision,
                BundleModel.requireFaces(analyser.analyse(images, stages, threshold, timings)).stream()
                        .map(Image::of)
                        .toList());
    }
}
