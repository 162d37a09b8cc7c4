package io.menso.inference.checks;

import io.menso.inference.image.ImageFormat;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a request is for decides what is checked (decisions D8, D10, H5, H6).
public enum CheckMode {
    /// Report everything, refuse nothing.
    NONE(EnumSet.allOf(ImageFormat.class), EnumSet.of(Check.LIVENESS)),
    /// PUT of a face by a back-end.
    REGISTRATION(
            EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG),
            EnumSet.of(Check.FACE, Check.QUALITY_FLOOR, Check.CROSS_CHECK)),
    /// `enroll_face`.
    ENROLLMENT(
            EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG),
            EnumSet.of(Check.FACE, Check.FRAMING, Check.QUALITY, Check.CROSS_CHECK, Check.LIVENESS)),
    /// `identify`.
    IDENTIFICATION(
            EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG),
            EnumSet.of(Check.FACE, Check.FRAMING, Check.QUALITY, Check.CROSS_CHECK, Check.LIVENESS)),
    /// `verify`, of one picture such as that of an identity card.
    VERIFICATION(EnumSet.allOf(ImageFormat.class), EnumSet.of(Check.FACE, Check.SINGLE));

    /// One kind of check.
    public enum Check {
        /// A face, and one that is clearly the largest.
        FACE,
        FRAMING,
        QUALITY,
        /// A lower bound than [#QUALITY].
        QUALITY_FLOOR,
        CROSS_CHECK,
        /// Liveness is estimated; with [#FACE] it is also judged.
        LIVENESS,
        /// Exactly one image.
        SINGLE
    }

    private final Set<ImageFormat> formats;
    private final Set<Check> checks;

    CheckMode(Set<ImageFormat> formats, Set<Check> checks) {
        this.formats = formats;
        this.checks = checks;
    }

    /// Whether images of this format are taken.
    public boolean takes(ImageFormat format) {
        return formats.contains(format);
    }

    public boolean has(Check check) {
        return checks.contains(check);
    }

    /// Whether anything is refused.
    public boolean refuses() {
        return has(Check.FACE);
    }

    /// Name in the query parameter.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Names of all.
    public static List<String> labels() {
        return Arrays.stream(values()).map(CheckMode::label).toList();
    }

    /// @param label one of [#labels()]
    public static CheckMode of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
