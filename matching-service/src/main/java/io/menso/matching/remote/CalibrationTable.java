package io.menso.matching.remote;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an embedding revision's cosines are to be read, as inference-service publishes it.
///
/// @param dimension numbers in a vector
/// @param threshold score at false match rate 1e-4
/// @param points    ascending cosine, rising score, falling rate
public record CalibrationTable(int dimension, @Nullable Double threshold, List<Point> points) {

    /// @param cosine -1 to 1
    /// @param score  0 to 1
    /// @param fmr    false match rate of a threshold at this score
    public record Point(double cosine, double score, double fmr) {}
}
