package io.menso.inference.evaluation;

import io.menso.inference.analysis.Stages;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.bundle.Task;
import io.menso.inference.embedding.Embedder;
import io.menso.inference.quality.QualityNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The networks that one evaluation runs.
///
/// @param bundles   what was opened, by task
/// @param detection the detector alone; absent when no picture has to be searched for a face
/// @param quality   absent when quality is only measured
/// @param embedder  absent when no faces are compared
/// @param liveness  the detector with the liveness networks; absent when there are no data for it
/// @param reference the detector that landmarks are compared with, and its bundle
/// @param opened    what has to be closed
record Networks(
        Map<Task, ModelBundle> bundles,
        Optional<Stages> detection,
        Optional<QualityNetwork> quality,
        Optional<Embedder> embedder,
        Optional<Stages> liveness,
        Optional<Reference> reference,
        List<AutoCloseable> opened)
        implements AutoCloseable {

    /// Another detector.
    record Reference(ModelBundle bundle, Stages stages) {}

    /// Detector, quality and embedding, for faces that are compared.
    Stages recognition() {
        Stages stages = detection.orElseThrow().withEmbedder(embedder.orElseThrow());
        return quality.map(stages::withQuality).orElse(stages);
    }

    @Override
    public void close() {
        for (AutoCloseable network : opened) {
            try {
                network.close();
            } catch (Exception e) {
                throw new IllegalStateException("a network does not close", e);
            }
        }
    }
}
