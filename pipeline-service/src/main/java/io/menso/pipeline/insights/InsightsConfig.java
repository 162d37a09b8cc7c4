package io.menso.pipeline.insights;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Bounds of one question.
@ConfigMapping(prefix = "menso.pipeline.insights")
public interface InsightsConfig {

    /// Longest period in days between `from` and `through`. A longer one lets a request read more events.
    @WithDefault("92")
    int days();

    /// Most groups of an answer, also the default of `limit`. More make answers larger, about 400 bytes each.
    @WithDefault("1000")
    int groups();
}
