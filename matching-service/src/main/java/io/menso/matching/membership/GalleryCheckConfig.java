package io.menso.matching.membership;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Whether devices verify and enroll only users of their gallery (H2).
@ConfigMapping(prefix = "menso.matching.gallery-check")
public interface GalleryCheckConfig {

    /// Without the check a device may verify and enroll every user of its tenant.
    @WithDefault("true")
    boolean enabled();
}
