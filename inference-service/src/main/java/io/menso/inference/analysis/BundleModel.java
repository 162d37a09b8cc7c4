package io.menso.inference.analysis;

import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.checks.FaceCode;
import io.menso.inference.model.Model;
import java.util.List;

/// A model that is one installed bundle.
abstract class BundleModel implements Model {

    private final ModelBundle bundle;

    BundleModel(ModelBundle bundle) {
        this.bundle = bundle;
    }

    @Override
    public String name() {
        return bundle.name();
    }

    @Override
    public String revision() {
        return bundle.revision();
    }

    @Override
    public String description() {
        return bundle.description();
    }

    /// @throws io.menso.commons.web.ApiException 422 when a frame has no face (decision F4)
    static List<FrameResult> requireFaces(List<FrameResult> frames) {
        if (frames.stream().anyMatch(frame -> frame.faces().isEmpty())) {
            throw FaceCode.NO_FACE_DETECTED.refusal();
        }
        return frames;
    }
}
