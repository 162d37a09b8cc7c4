package io.menso.inference.evaluation;

import io.menso.inference.evaluation.input.EvaluationRequest;
import io.menso.inference.evaluation.input.FaceCounts;
import io.menso.inference.evaluation.input.FaceInput;
import io.menso.inference.evaluation.input.LivenessData;
import io.menso.inference.evaluation.report.EvaluationReport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Runs everything that a request asks for.
@ApplicationScoped
class Evaluation {

    private final NetworkChoice choice;
    private final FaceEvaluation faces;
    private final LivenessEvaluation liveness;
    private final DetectorEvaluation detector;

    @Inject
    Evaluation(NetworkChoice choice, FaceEvaluation faces, LivenessEvaluation liveness, DetectorEvaluation detector) {
        this.choice = choice;
        this.faces = faces;
        this.liveness = liveness;
        this.detector = detector;
    }

    /// @throws io.menso.inference.evaluation.input.EvaluationException when data or models are not as they must be
    EvaluationReport run(EvaluationRequest request, Progress progress) {
        Workers workers = new Workers(EvaluationMode.threads(request), progress);
        Optional<FaceInput> input = FaceInput.read(request);
        Optional<LivenessData> presentations = request.livenessData().map(LivenessData::read);
        Optional<List<FaceCounts.Expected>> scenes = request.detectorData().map(FaceCounts::read);
        try (Networks networks = choice.open(request)) {
            Map<String, String> bundles = new TreeMap<>();
            networks.bundles().forEach((task, bundle) -> bundles.put(task.label(), bundle.toString()));
            bundles.forEach((task, bundle) -> progress.say(task + ": " + bundle));
            List<String> notes = new ArrayList<>();
            return new EvaluationReport(
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    bundles,
                    Runtime.getRuntime().availableProcessors(),
                    workers.threads(),
                    input.map(given -> faces.run(given, networks, workers, notes)),
                    presentations.map(given -> liveness.run(given, networks, workers)),
                    scenes.map(given -> detector.run(given, networks, workers)),
                    notes);
        }
    }
}
