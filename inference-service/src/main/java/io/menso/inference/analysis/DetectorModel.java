package io.menso.inference.analysis;

import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.detect.Face;
import io.menso.inference.model.Arguments;
import io.menso.inference.model.Parameter;
import io.menso.inference.upload.UploadedImage;
import java.util.List;

/// Faces and their five points; an image without a face has an empty list (decision F4).
public final class DetectorModel extends BundleModel {

    private static final String THRESHOLD = "threshold";

    private final Stages stages;
    private final FrameAnalyser analyser;

    public DetectorModel(ModelBundle bundle, Stages stages, FrameAnalyser analyser) {
        super(bundle);
        this.stages = stages;
        this.analyser = analyser;
    }

    /// Response of detectors (decision F3).
    public record Response(String model, String revision, List<Image> images) {}

    /// One image.
    public record Image(String filename, int width, int height, List<Face> faces) {}

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.number(
                THRESHOLD,
                "Smallest score of a face that is reported",
                0.1,
                1,
                stages.detector().defaultThreshold()));
    }

    @Override
    public Response execute(List<UploadedImage> images, Arguments arguments, Timings timings) {
        List<Image> found = analyser.analyse(images, stages, arguments.number(THRESHOLD), timings).stream()
                .map(frame -> new Image(frame.filename(), frame.width(), frame.height(), frame.faces()))
                .toList();
        return new Response(name(), revision(), found);
    }
}
