package io.menso.inference.evaluation.report;

import io.menso.inference.bundle.Calibration;
import io.menso.inference.evaluation.statistics.ErrorRates.DetPoint;
import io.menso.inference.evaluation.statistics.ErrorRates.OperatingPoint;
import io.menso.inference.evaluation.statistics.RejectCurve;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/// How well an embedding tells persons apart, with everything that comes before it.
///
/// @param counts        pictures and pairs
/// @param acquisition   finding faces; absent for faces that came aligned
/// @param pairsAccuracy share of right answers by ten folds, 0 to 1; absent with fewer than ten pairs of a kind
/// @param eer           equal error rate, 0 to 1
/// @param points        at the false match rates that people ask for
/// @param det           detection error trade-off
/// @param scores        how the cosines are spread
/// @param calibration   table for `model.yaml`; absent with too few pairs
/// @param quality       error versus reject
/// @param embeddingFacesPerSecond on one core
/// @param picturesPerSecond       from file to template, with all threads
public record FaceReport(
        Counts counts,
        Optional<Acquisition> acquisition,
        OptionalDouble pairsAccuracy,
        double eer,
        List<OperatingPoint> points,
        List<DetPoint> det,
        Scores scores,
        Optional<Calibration> calibration,
        Optional<RejectCurve> quality,
        double embeddingFacesPerSecond,
        double picturesPerSecond) {

    /// @param pictures      files
    /// @param unreadable    of these
    /// @param templates     pictures that gave one
    /// @param persons       with a template; 0 for listed pairs
    /// @param genuinePairs  of one person
    /// @param impostorPairs of different persons
    public record Counts(
            int pictures, int unreadable, int templates, int persons, long genuinePairs, long impostorPairs) {}

    /// Finding faces and taking them in (ISO/IEC 19795-1).
    ///
    /// @param detectionRate   share of readable pictures with a face
    /// @param failureToEnrol  share of readable pictures that registration refuses (FTE)
    /// @param refusals        why, by error code
    public record Acquisition(double detectionRate, double failureToEnrol, SortedMap<String, Long> refusals) {}

    /// Histograms of cosines.
    ///
    /// @param from     where the first bin begins
    /// @param step     width of a bin
    /// @param genuine  pairs in each bin
    /// @param impostor pairs in each bin
    public record Scores(double from, double step, List<Long> genuine, List<Long> impostor) {}
}
