package io.menso.matching.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The pool for work that computes: scans and decryption of many templates.
@ConfigMapping(prefix = "menso.matching.cpu")
public interface CpuConfig {

    /// Threads; 0 means one for each processor. More than processors only adds switching.
    @WithDefault("0")
    int threads();

    /// Searches that may wait for a thread; beyond it the answer is 503. A larger value means longer waits.
    @WithDefault("256")
    int queue();
}
