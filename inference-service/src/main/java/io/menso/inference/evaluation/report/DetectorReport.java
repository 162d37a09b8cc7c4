package io.menso.inference.evaluation.report;

import java.util.List;
import java.util.Optional;

/// How well faces are found.
///
/// @param pictures        files
/// @param unreadable      of these; they count nowhere else
/// @param faces           that are there
/// @param found           of these
/// @param detectionRate   `found / faces`; 1 when there are none
/// @param falseDetections faces beyond those that are there
/// @param emptyPictures   pictures without a face
/// @param decodeMillis    mean time to decode a picture
/// @param prepareMillis   mean time to scale it, and to align and judge its largest face
/// @param networkMillis   mean time in the network
/// @param misses          files with fewer or more faces than there are, the first of them
/// @param landmarks       against another detector
public record DetectorReport(
        int pictures,
        int unreadable,
        int faces,
        int found,
        double detectionRate,
        int falseDetections,
        int emptyPictures,
        double decodeMillis,
        double prepareMillis,
        double networkMillis,
        List<String> misses,
        Optional<Landmarks> landmarks) {

    /// Distances between the five points of two detectors, as shares of the distance between the eyes.
    ///
    /// @param against  the detector that is taken for right
    /// @param faces    that both found (their boxes share half of their area)
    /// @param missed   faces that only the other one found
    /// @param mean     over faces and points
    /// @param median   of the faces' means
    /// @param worst    95 % of the faces have at most this mean
    public record Landmarks(String against, int faces, int missed, double mean, double median, double worst) {}
}
