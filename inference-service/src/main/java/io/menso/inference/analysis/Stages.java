package io.menso.inference.analysis;

import io.menso.inference.detect.FaceDetector;
import io.menso.inference.embedding.Embedder;
import io.menso.inference.liveness.LivenessScorer;
import java.util.Optional;

/// The networks that work on a frame together.
///
/// @param detector finds faces; everything else needs it
/// @param liveness absent when it is not wanted or not installed
/// @param embedder absent when it is not wanted or not installed
public record Stages(FaceDetector detector, Optional<LivenessScorer> liveness, Optional<Embedder> embedder) {

    public static Stages detection(FaceDetector detector) {
        return new Stages(detector, Optional.empty(), Optional.empty());
    }

    public Stages withLiveness(LivenessScorer scorer) {
        return new Stages(detector, Optional.of(scorer), embedder);
    }

    public Stages withEmbedder(Embedder network) {
        return new Stages(detector, liveness, Optional.of(network));
    }

    /// The same without liveness.
    public Stages withoutLiveness() {
        return new Stages(detector, Optional.empty(), embedder);
    }
}
