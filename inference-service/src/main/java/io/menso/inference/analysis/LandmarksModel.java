package io.menso.inference.analysis;

import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.detect.Point;
import io.menso.inference.model.Arguments;
import io.menso.inference.upload.UploadedImage;
import java.util.List;

/// The 68 points of the largest face of each image.
public final class LandmarksModel extends BundleModel {

    private final Stages stages;
    private final FrameAnalyser analyser;

    /// @param stages a detector and this finder
    public LandmarksModel(ModelBundle bundle, Stages stages, FrameAnalyser analyser) {
        super(bundle);
        this.stages = stages;
        this.analyser = analyser;
    }

    /// Response of landmark models.
    public record Response(String model, String revision, List<Image> images) {}

    /// One image; the points are in pixels of the upright picture.
    public record Image(String filename, int width, int height, List<Point> landmarks) {

        static Image of(FrameResult frame) {
            return new Image(
                    frame.filename(),
                    frame.width(),
                    frame.height(),
                    frame.landmarks().orElseThrow());
        }
    }

    @Override
    public Response execute(List<UploadedImage> images, Arguments arguments, Timings timings) {
        double threshold = stages.detector().defaultThreshold();
        return new Response(
                name(),
                revision(),
                requireFaces(analyser.analyse(images, stages, threshold, timings)).stream()
                        .map(Image::of)
                        .toList());
    }
}
