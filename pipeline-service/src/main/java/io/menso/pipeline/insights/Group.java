package io.menso.pipeline.insights;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Events that have the same key.
///
/// @param key      value of each dimension, null where an event has none; absent from JSON in totals
/// @param count    how many
/// @param outcomes how many ended so; only what occurred
/// @param scores   histogram of the best scores of comparisons: bin `i` of 20 counts those from `i/20` on, the last
///                 also 1
/// @param millis   latency of the executions; absent without any
/// @param first    Unix second of the earliest; absent without any
/// @param last     Unix second of the latest
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Group(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> key,
        long count,
        Map<String, Long> outcomes,
        List<Long> scores,
        Optional<Percentiles> millis,
        OptionalLong first,
        OptionalLong last) {

    /// No event at all.
    static final Group NONE = new Group(
            Map.of(),
            0,
            Map.of(),
            Collections.nCopies(InsightsSql.BINS, 0L),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());

    /// Estimates (t-digest) in milliseconds, rounded to tenths.
    record Percentiles(double p50, double p90, double p99) {}
}
