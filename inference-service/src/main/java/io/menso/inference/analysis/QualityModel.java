package io.menso.inference.analysis;

import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.model.Arguments;
import io.menso.inference.model.Model;
import io.menso.inference.quality.Pose;
import io.menso.inference.quality.Quality;
import io.menso.inference.upload.UploadedImage;
import java.util.List;

/// Quality of the largest face of each image: measured, or with the score of a network.
public final class QualityModel implements Model {

    /// Name in the API of what is measured without a network of its own; it carries no number of parameters.
    public static final String NAME = "face_quality";

    private final String name;
    private final String revision;
    private final String description;
    private final Stages stages;
    private final FrameAnalyser analyser;

    private QualityModel(String name, String revision, String description, Stages stages, FrameAnalyser analyser) {
        this.name = name;
        this.revision = revision;
        this.description = description;
        this.stages = stages;
        this.analyser = analyser;
    }

    /// @param stages a detector
    public static QualityModel measured(String revision, Stages stages, FrameAnalyser analyser) {
        return new QualityModel(
                NAME,
                revision,
                "Sharpness, exposure, size and pose of the largest face, measured without a network of its own",
                stages,
                analyser);
    }

    /// @param stages a detector and the network of this bundle
    public static QualityModel of(ModelBundle bundle, Stages stages, FrameAnalyser analyser) {
        return new QualityModel(bundle.name(), bundle.revision(), bundle.description(), stages, analyser);
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
        return name;
    }

    @Override
    public String revision() {
        return revision;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Response execute(List<UploadedImage> images, Arguments arguments, Timings timings) {
        double threshold = stages.detector().defaultThreshold();
        return new Response(
                name,
                revision,
                BundleModel.requireFaces(analyser.analyse(images, stages, threshold, timings)).stream()
                        .map(Image::of)
                        .toList());
    }
}
