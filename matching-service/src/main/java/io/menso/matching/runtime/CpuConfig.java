package io.menso.matching.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The pool for work that computes: scans and decryption of many templates.
@ConfigMapping(prefix = "menso.matching.cpu")
public interface CpuConfig {

    /// Threads; 0 means one for each processor. More than processors only adds switching.
    @WithDefault("0")
    int threads();

    /// Searches of all tenants that may wait for a thread, 1 or more; beyond it the answer is 503. A larger value
    /// means longer waits when everybody is busy, and some kilobytes for each that waits.
    @WithDefault("1024")
    int queue();

    /// Searches of one tenant that may wait for a thread, 1 or more; beyond it the tenant's answer is 503. A larger
    /// value lets a tenant send larger bursts, and takes more of what all may have waiting.
    @WithDefault("64")
    int tenantQueue();
}
