package io.menso.device.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long the audit log is kept.
@ConfigMapping(prefix = "menso.device.audit")
interface AuditConfig {

    /// Age at which a record is deleted. Longer costs disk: about 300 bytes a management call.
    @WithDefault("365d")
    Duration retention();
}
