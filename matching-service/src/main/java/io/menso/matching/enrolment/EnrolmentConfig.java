package io.menso.matching.enrolment;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Bounds of `PUT face` (B3, B4).
@ConfigMapping(prefix = "menso.matching.enrolment")
public interface EnrolmentConfig {

    /// Largest image.
    @WithDefault("10485760")
    MemorySize maxImage();

    /// Largest request body.
    @WithDefault("134217728")
    MemorySize maxBody();

    /// Uploads at a time; each holds well below a megabyte since images stream through. Beyond it: 503.
    @WithDefault("64")
    int concurrent();
}
