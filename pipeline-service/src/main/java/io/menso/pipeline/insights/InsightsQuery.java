package io.menso.pipeline.insights;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What is asked of the events of one tenant.
///
/// @param from     first second, Unix time
/// @param through  last second, Unix time, not before `from`
/// @param gallery  only events of this gallery, any text
/// @param device   only events of this device
/// @param pipeline only executions of this pipeline: name of a built-in, or a uuid
/// @param revision only events whose templates are of this revision of the embedding
/// @param groupBy  what is told apart, without repeats; empty: only totals
/// @param limit    most groups
record InsightsQuery(
        long from,
        long through,
        Optional<String> gallery,
        Optional<UUID> device,
        Optional<String> pipeline,
        Optional<String> revision,
        List<Dimension> groupBy,
        int limit) {}
