package io.menso.inference.quality;

/// Suitability of a face for recognition. All but the pose run from 0 (useless) to 1 (good).
///
/// @param score      the chance of being recognised where a [QualityNetwork] says it, else the product of what matters:
///                   sharpness, exposure, size and pose
/// @param sharpness  focus and resolution
/// @param brightness mean luminance of the face, 0 black to 1 white
/// @param contrast   spread of its luminance
/// @param pose       attitude of the head
public record Quality(double score, double sharpness, double brightness, double contrast, Pose pose) {

    /// The same facts under another score.
    public Quality withScore(double other) {
        return new Quality(other, sharpness, brightness, contrast, pose);
    }
}
