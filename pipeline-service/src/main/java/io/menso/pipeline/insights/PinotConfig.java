package io.menso.pipeline.insights;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/// How the brokers of Apache Pinot are reached.
@ConfigMapping(prefix = "menso.pipeline.pinot")
public interface PinotConfig {

    /// Brokers as `host:port`, separated by commas; a query goes to any of them. Absent: there are no insights.
    Optional<List<String>> broker();

    /// Longest time in milliseconds that a query may take, in Pinot and on the way; then 503.
    @WithDefault("5000")
    int timeoutMillis();

    /// Longest wait for a connection in milliseconds; then 503.
    @WithDefault("1000")
    int connectMillis();

    /// Queries at once, up to four for a request; more requests than that allows are answered with 503 at once.
    @WithDefault("16")
    int queries();
}
