package io.menso.inference.checks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalDouble;

/// Limits of the checks (decisions H9, H10). Stricter ones refuse more honest users, laxer ones admit worse templates.
@ConfigMapping(prefix = "menso.inference.checks")
public interface ChecksConfig {

    /// Largest distance of the face's centre from the picture's, as a share of its width and height.
    @WithDefault("0.20")
    double centreOffset();

    /// Smallest height of the face as a share of the picture's shorter side.
    @WithDefault("0.20")
    double minHeight();

    /// Largest height of the face as a share of the picture's shorter side.
    @WithDefault("0.75")
    double maxHeight();

    /// Smallest distance between the eyes in pixels of the picture.
    @WithDefault("60")
    double minEyeDistance();

    /// How far a face may reach beyond the border, as a share of its own size, before it counts as cut.
    @WithDefault("0.03")
    double cutTolerance();

    /// Share of the largest face's area from which the second largest makes the best face doubtful.
    @WithDefault("0.70")
    double secondFace();

    /// Smallest quality score of a frame to enroll or identify with, 0 to 1.
    @WithDefault("0.30")
    double quality();

    /// Smallest quality score of a registered picture, 0 to 1.
    @WithDefault("0.12")
    double qualityFloor();

    /// Smallest mean liveness of the usable frames, 0 to 1.
    @WithDefault("0.5")
    double liveness();

    /// Share of pairs of strangers that may pass for one person in the cross-check; its cosine comes from the
    /// calibration of the embedding.
    @WithDefault("0.001")
    double crossCheckFmr();

    /// Smallest cosine of two frames of one person, in place of the calibration's.
    OptionalDouble crossCheckCosine();
}
