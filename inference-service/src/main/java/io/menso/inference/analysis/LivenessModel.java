package io.menso.inference.analysis;

import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.model.Arguments;
import io.menso.inference.upload.UploadedImage;
import java.util.List;

/// Liveness of the largest face of each image, and of the sequence: their mean.
public final class LivenessModel extends BundleModel {

    private final Stages stages;
    private final FrameAnalyser analyser;

    /// @param stages a detector and this scorer
    public LivenessModel(ModelBundle bundle, Stages stages, FrameAnalyser analyser) {
        super(bundle);
        this.stages = stages;
        this.analyser = analyser;
    }

    /// Response of liveness models (decision F3); 1 is live.
    public record Response(String model, String revision, double score, List<Image> images) {}

    /// One image.
    public record Image(String filename, double score) {}

    @Override
    public Response execute(List<UploadedImage> images, Arguments arguments, Timings timings) {
        double threshold = stages.detector().defaultThreshold();
        List<Image> scores = requireFaces(analyser.analyse(images, stages, threshold, timings)).stream()
                .map(frame -> new Image(frame.filename(), frame.liveness().orElseThrow()))
                .toList();
        double mean = scores.stream().mapToDouble(Image::score).average().orElseThrow();
        return new Response(name(), revision(), mean, scores);
    }
}
