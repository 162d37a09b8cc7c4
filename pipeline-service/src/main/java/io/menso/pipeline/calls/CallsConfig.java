package io.menso.pipeline.calls;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How calls of scripts reach the other services.
@ConfigMapping(prefix = "menso.pipeline.calls")
public interface CallsConfig {

    /// Longest wait for a connection in milliseconds; then the call fails with 503.
    @WithDefault("2000")
    int connectMillis();

    /// Longest silence before an answer in milliseconds; then the call fails with 503. Models may take this long.
    @WithDefault("15000")
    int timeoutMillis();

    /// Connections to one service; calls beyond it wait.
    @WithDefault("64")
    int connections();

    /// Calls that wait for a connection; more fail with 503.
    @WithDefault("512")
    int waiting();

    /// Largest answer in bytes that a script may get; a larger one fails with 400.
    @WithDefault("4194304")
    int answerBytes();
}
