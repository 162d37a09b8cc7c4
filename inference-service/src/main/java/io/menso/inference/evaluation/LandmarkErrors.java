package io.menso.inference.evaluation;

import io.menso.inference.detect.Face;
import io.menso.inference.evaluation.report.DetectorReport.Landmarks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Distances between the five points of two detectors on the same pictures, as shares of the distance between the eyes
/// that the reference sees (normalised mean error).
final class LandmarkErrors {

    private static final double SAME_FACE = 0.5;
    private static final double MOST = 0.95;

    private LandmarkErrors() {}

    /// @param name      of the reference
    /// @param reference faces of each picture, absent where it cannot be read
    /// @param measured  faces of the same pictures
    static Landmarks between(String name, List<Optional<List<Face>>> reference, List<Optional<List<Face>>> measured) {
        List<Double> errors = new ArrayList<>();
        int missed = 0;
        for (int i = 0; i < reference.size(); i++) {
            List<Face> found = measured.get(i).orElse(List.of());
            for (Face face : reference.get(i).orElse(List.of())) {
                Optional<Face> same = same(face, found);
                same.ifPresent(other -> errors.add(error(face, other)));
                missed += same.isPresent() ? 0 : 1;
            }
        }
        Collections.sort(errors);
        double mean = errors.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        return new Landmarks(name, errors.size(), missed, mean, quantile(errors, 0.5), quantile(errors, MOST));
    }

    private static Optional<Face> same(Face face, List<Face> others) {
        return others.stream()
                .filter(other -> face.box().overlap(other.box()) >= SAME_FACE)
                .max(Comparator.comparingDouble(other -> face.box().overlap(other.box())));
    }

    /// Mean distance of the five points.
    static double error(Face reference, Face measured) {
        double sum = 0;
        for (int i = 0; i < reference.landmarks().size(); i++) {
            sum += reference.landmarks().get(i).distance(measured.landmarks().get(i));
        }
        return sum / reference.landmarks().size() / Math.max(1e-6, reference.eyeDistance());
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * share)));
    }
}
