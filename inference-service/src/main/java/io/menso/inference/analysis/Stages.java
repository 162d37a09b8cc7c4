package io.menso.inference.analysis;

import io.menso.inference.attributes.AttributesView;
import io.menso.inference.attributes.LandmarkFinder;
import io.menso.inference.detect.FaceDetector;
import io.menso.inference.embedding.Embedder;
import io.menso.inference.liveness.LivenessScorer;
import io.menso.inference.quality.QualityNetwork;
import java.util.Optional;

/// The networks that work on a frame together.
///
/// @param detector   finds faces; everything else needs it
/// @param quality    absent when quality is only measured
/// @param liveness   absent when it is not wanted or not installed
/// @param embedder   absent when it is not wanted or not installed
/// @param attributes absent when they are not wanted or not installed
/// @param landmarks  the 68 points; absent when they are not wanted or not installed
public record Stages(
        FaceDetector detector,
        Optional<QualityNetwork> quality,
        Optional<LivenessScorer> liveness,
        Optional<Embedder> embedder,
        Optional<AttributesView> attributes,
        Optional<LandmarkFinder> landmarks) {

    public static Stages detection(FaceDetector detector) {
        return new Stages(
                detector, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Stages withQuality(QualityNetwork network) {
        return new Stages(detector, Optional.of(network), liveness, embedder, attributes, landmarks);
    }

    public Stages withLiveness(LivenessScorer scorer) {
        return new Stages(detector, quality, Optional.of(scorer), embedder, attributes, landmarks);
    }

    public Stages withEmbedder(Embedder network) {
        return new Stages(detector, quality, liveness, Optional.of(network), attributes, landmarks);
    }

    /// The same without liveness.
    public Stages withoutLiveness() {
        return new Stages(detector, quality, Optional.empty(), embedder, attributes, landmarks);
    }

    public Stages withAttributes(AttributesView view) {
        return new Stages(detector, quality, liveness, embedder, Optional.of(view), landmarks);
    }

    /// The same without attributes.
    public Stages withoutAttributes() {
        return new Stages(detector, quality, liveness, embedder, Optional.empty(), landmarks);
    }

    public Stages withLandmarks(LandmarkFinder finder) {
        return new Stages(detector, quality, liveness, embedder, attributes, Optional.of(finder));
    }
}
