package io.menso.inference.analysis;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.menso.inference.attributes.Attributes;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.model.Arguments;
import io.menso.inference.model.Model;
import io.menso.inference.upload.UploadedImage;
import java.util.List;

/// Attributes of the largest face of each image: those that one bundle tells, or all that are installed.
public final class AttributesModel implements Model {

    /// Name of the model that joins all installed ones.
    public static final String NAME = "face_attributes";

    private final String name;
    private final String revision;
    private final String description;
    private final Stages stages;
    private final FrameAnalyser analyser;

    private AttributesModel(String name, String revision, String description, Stages stages, FrameAnalyser analyser) {
        this.name = name;
        this.revision = revision;
        this.description = description;
        this.stages = stages;
        this.analyser = analyser;
    }

    /// What one bundle tells.
    ///
    /// @param stages a detector and the attributes of this bundle
    public static AttributesModel of(ModelBundle bundle, Stages stages, FrameAnalyser analyser) {
        return new AttributesModel(bundle.name(), bundle.revision(), bundle.description(), stages, analyser);
    }

    /// What all bundles tell together.
    ///
    /// @param revision stands for the revisions of all networks
    /// @param stages   a detector and the attributes of all bundles
    public static AttributesModel ofAll(String revision, Stages stages, FrameAnalyser analyser) {
        String description = "Age, gender, emotion and pose of the largest face, each from the first installed model"
                + " that tells it, in the order of preference";
        return new AttributesModel(NAME, revision, description, stages, analyser);
    }

    /// Response of attribute models (decision F3).
    public record Response(String model, String revision, List<Image> images) {}

    /// One image and its estimates, see [Attributes].
    public record Image(String filename, @JsonUnwrapped Attributes attributes) {}

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
        List<Image> estimates = BundleModel.requireFaces(analyser.analyse(images, stages, threshold, timings)).stream()
                .map(frame -> new Image(frame.filename(), frame.attributes().orElseThrow()))
                .toList();
        return new Response(name, revision, estimates);
    }
}
