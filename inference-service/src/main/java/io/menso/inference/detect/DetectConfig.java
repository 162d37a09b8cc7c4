package io.menso.inference.detect;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How faces are looked for.
@ConfigMapping(prefix = "menso.inference.detect")
public interface DetectConfig {

    /// Longer side in pixels to which a picture is shrunk. Twice as much costs four times the time.
    @WithDefault("320")
    int side();

    /// Longer side of the second look, taken when the first finds nothing or only small faces.
    @WithDefault("640")
    int secondSide();

    /// Faces smaller than this many pixels in the first look call for the second.
    @WithDefault("24")
    int smallFace();
}
