package io.menso.inference.model;

import io.menso.inference.analysis.Timings;
import io.menso.inference.upload.UploadedImage;
import java.util.List;
import java.util.Map;

/// One revision of something that can be executed on images.
public interface Model {

    /// Name of the parameter that chooses a revision.
    String REVISION = "revision";

    String name();

    String revision();

    /// Response headers that say what runs, on answers and on refusals.
    default Map<String, String> revisions() {
        return Map.of("Model-Revision", revision());
    }

    /// A sentence for people.
    String description();

    /// Parameters besides the revision.
    default List<Parameter> parameters() {
        return List.of();
    }

    /// Runs it. Blocks until all is done.
    ///
    /// @param images one or more, in order
    /// @return the JSON body of the response
    Object execute(List<UploadedImage> images, Arguments arguments, Timings timings);
}
