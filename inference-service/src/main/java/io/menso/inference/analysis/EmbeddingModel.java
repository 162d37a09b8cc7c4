package io.menso.inference.analysis;

import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.embedding.Template;
import io.menso.inference.model.Arguments;
import io.menso.inference.upload.UploadedImage;
import java.util.List;

/// The template of the largest face of each image.
public final class EmbeddingModel extends BundleModel {

    private final Stages stages;
    private final FrameAnalyser analyser;

    /// @param stages a detector and this embedder
    public EmbeddingModel(ModelBundle bundle, Stages stages, FrameAnalyser analyser) {
        super(bundle);
        this.stages = stages;
        this.analyser = analyser;
    }

    /// Response of embedding models (decision F3).
    public record Response(String model, String revision, List<Image> images) {}

    /// One image; the embedding is Base64 of float32 little-endian, of unit length.
    public record Image(String filename, int dimension, String embedding) {

        static Image of(FrameResult frame) {
            Template template = frame.template().orElseThrow();
            return new Image(frame.filename(), template.dimension(), template.base64());
        }

        @Override
        public String toString() {
            return "Image[" + dimension + "]";
        }
    }

    @Override
    public Response execute(List<UploadedImage> images, Arguments arguments, Timings timings) {
        double threshold = stages.detector().defaultThreshold();
        List<Image> templates = requireFaces(analyser.analyse(images, stages, threshold, timings)).stream()
                .map(Image::of)
                .toList();
        return new Response(name(), revision(), templates);
    }
}
