package io.menso.matching.remote;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Where inference-service is and how long it may take.
@ConfigMapping(prefix = "menso.inference")
public interface InferenceConfig {

    /// Base URL.
    String url();

    /// Longest silence while images are sent and analysed; a larger value holds more stuck uploads.
    @WithDefault("30s")
    Duration idleTimeout();

    /// Longest wait for a connection.
    @WithDefault("3s")
    Duration connectTimeout();
}
