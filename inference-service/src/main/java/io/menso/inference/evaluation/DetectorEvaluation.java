package io.menso.inference.evaluation;

import io.menso.inference.analysis.Stages;
import io.menso.inference.analysis.Timings;
import io.menso.inference.analysis.Timings.Stage;
import io.menso.inference.detect.Face;
import io.menso.inference.evaluation.AnalysedPicture.Findings;
import io.menso.inference.evaluation.input.FaceCounts.Expected;
import io.menso.inference.evaluation.report.DetectorReport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Counts the faces that a detector finds, and measures its landmarks against another one's.
@ApplicationScoped
class DetectorEvaluation {

    private static final int MISSES_NAMED = 20;
    private static final double NANOS_PER_MILLI = 1e6;

    private final PictureAnalyser analyser;

    @Inject
    DetectorEvaluation(PictureAnalyser analyser) {
        this.analyser = analyser;
    }

    /// What was looked for on a picture, and what was found.
    private record Look(Expected expected, List<Face> faces) {

        int found() {
            return Math.min(faces.size(), expected.faces());
        }

        int falseDetections() {
            return expected.exact() ? Math.max(0, faces.size() - expected.faces()) : 0;
        }

        boolean isMiss() {
            return found() < expected.faces() || falseDetections() > 0;
        }

        String described() {
            return expected.path() + ": " + faces.size() + " instead of " + expected.faces();
        }
    }

    DetectorReport run(List<Expected> pictures, Networks networks, Workers workers) {
        Timings timings = new Timings();
        Stages stages = networks.detection().orElseThrow();
        List<Optional<List<Face>>> faces = look("detector", pictures, stages, timings, workers);
        List<Look> looks = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            if (faces.get(i).isPresent()) {
                looks.add(new Look(pictures.get(i), faces.get(i).get()));
            }
        }
        Optional<DetectorReport.Landmarks> landmarks = networks.reference()
                .map(reference -> LandmarkErrors.between(
                        reference.bundle().toString(),
                        look("reference", pictures, reference.stages(), new Timings(), workers),
                        faces));
        return report(pictures.size(), looks, timings, landmarks);
    }

    private List<Optional<List<Face>>> look(
            String title, List<Expected> pictures, Stages stages, Timings timings, Workers workers) {
        return workers.map(
                title,
                pictures,
                picture -> analyser.full(picture.path(), stages, timings)
                        .findings()
                        .map(Findings::faces));
    }

    private static DetectorReport report(
            int pictures, List<Look> looks, Timings timings, Optional<DetectorReport.Landmarks> landmarks) {
        int faces = looks.stream().mapToInt(look -> look.expected.faces()).sum();
        int found = looks.stream().mapToInt(Look::found).sum();
        double each = NANOS_PER_MILLI * Math.max(1, looks.size());
        return new DetectorReport(
                pictures,
                pictures - looks.size(),
                faces,
                found,
                faces == 0 ? 1 : (double) found / faces,
                looks.stream().mapToInt(Look::falseDetections).sum(),
                (int) looks.stream().filter(look -> look.expected.faces() == 0).count(),
                timings.nanos(Stage.DECODE) / each,
                timings.nanos(Stage.PREPARE) / each,
                timings.nanos(Stage.INFERENCE) / each,
                looks.stream()
                        .filter(Look::isMiss)
                        .limit(MISSES_NAMED)
                        .map(Look::described)
                        .toList(),
                landmarks);
    }
}
