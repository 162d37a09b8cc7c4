package io.menso.inference.evaluation.report;

import io.menso.inference.evaluation.statistics.AttackRates;
import java.util.List;
import java.util.SortedMap;

/// How well attacks with pictures are told from live faces (ISO/IEC 30107-3).
///
/// @param live     live presentations
/// @param attacks  attacks by species of the instrument, such as `print`
/// @param inUse    error rates at the threshold of the service's settings
/// @param atEer    error rates where BPCER and the worst APCER meet
public record LivenessReport(
        Presentations live, SortedMap<String, Presentations> attacks, AttackRates inUse, AttackRates atEer) {

    /// Presentations of one kind.
    ///
    /// @param pictures    files
    /// @param unreadable  of these; they count nowhere else
    /// @param nonResponse share of the readable ones without a face, so without an answer (APNRR, BPNRR)
    /// @param scores      of the others, 0 to 1, 1 is live
    public record Presentations(int pictures, int unreadable, double nonResponse, List<Double> scores) {}
}
