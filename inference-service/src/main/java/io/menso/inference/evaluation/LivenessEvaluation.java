package io.menso.inference.evaluation;

import io.menso.inference.analysis.Stages;
import io.menso.inference.analysis.Timings;
import io.menso.inference.checks.ChecksConfig;
import io.menso.inference.evaluation.AnalysedPicture.Findings;
import io.menso.inference.evaluation.input.EvaluationException;
import io.menso.inference.evaluation.input.LivenessData;
import io.menso.inference.evaluation.report.LivenessReport;
import io.menso.inference.evaluation.report.LivenessReport.Presentations;
import io.menso.inference.evaluation.statistics.AttackRates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Shows live faces and attacks to the liveness networks.
@ApplicationScoped
class LivenessEvaluation {

    private final PictureAnalyser analyser;
    private final ChecksConfig checks;

    @Inject
    LivenessEvaluation(PictureAnalyser analyser, ChecksConfig checks) {
        this.analyser = analyser;
        this.checks = checks;
    }

    LivenessReport run(LivenessData data, Networks networks, Workers workers) {
        Stages stages = networks.liveness().orElseThrow();
        Presentations live = present("live", data.live(), stages, workers);
        SortedMap<String, Presentations> attacks = new TreeMap<>();
        data.attacks().forEach((species, files) -> attacks.put(species, present(species, files, stages, workers)));
        double[] liveScores = scores(live);
        SortedMap<String, double[]> attackScores = new TreeMap<>();
        attacks.forEach((species, presented) -> attackScores.put(species, scores(presented)));
        return new LivenessReport(
                live,
                attacks,
                AttackRates.at(checks.liveness(), liveScores, attackScores),
                AttackRates.atEqualError(liveScores, attackScores));
    }

    private Presentations present(String kind, List<Path> files, Stages stages, Workers workers) {
        List<Findings> found =
                workers.map("liveness, " + kind, files, file -> analyser.full(file, stages, new Timings())).stream()
                        .map(AnalysedPicture::findings)
                        .flatMap(Optional::stream)
                        .toList();
        List<Double> scores =
                found.stream().map(Findings::liveness).flatMap(Optional::stream).toList();
        if (scores.isEmpty()) {
            throw new EvaluationException("none of the " + files.size() + " pictures of " + kind + " shows a face");
        }
        double nonResponse = 1 - (double) scores.size() / found.size();
        return new Presentations(files.size(), files.size() - found.size(), nonResponse, scores);
    }

    private static double[] scores(Presentations presentations) {
        return presentations.scores().stream().mapToDouble(Double::doubleValue).toArray();
    }
}
