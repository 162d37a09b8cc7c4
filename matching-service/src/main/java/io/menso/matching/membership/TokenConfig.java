package io.menso.matching.membership;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How tokens follow from identity-service.
@ConfigMapping(prefix = "menso.matching.tokens")
public interface TokenConfig {

    /// Consumer group; replicas share it, since they share the database.
    @WithDefault("menso-matching")
    String group();

    /// How long readiness waits for the events that were there at the start, for when Kafka is away.
    @WithDefault("20s")
    Duration patience();
}
