package io.menso.inference.evaluation.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that one run found.
///
/// @param measured   when, ISO 8601
/// @param bundles    `name@revision` by task
/// @param processors of this machine
/// @param threads    pictures that were worked on at once
/// @param faces      comparisons, when faces were given
/// @param liveness   when there were data for it
/// @param detector   when there were data for it
/// @param notes      what a reader should know
public record EvaluationReport(
        String measured,
        Map<String, String> bundles,
        int processors,
        int threads,
        Optional<FaceReport> faces,
        Optional<LivenessReport> liveness,
        Optional<DetectorReport> detector,
        List<String> notes) {}
