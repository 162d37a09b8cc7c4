package io.menso.pipeline.insights;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// What the events of a period say.
///
/// @param from      first second, Unix time
/// @param through   last second, Unix time
/// @param totals    all of them
/// @param groupBy   what `groups` tells apart, in this order
/// @param groups    in the order of their keys; empty when nothing was to be told apart
/// @param truncated whether there are more groups than these
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Insights(
        long from,
        long through,
        Group totals,
        @JsonProperty("group_by") List<String> groupBy,
        List<Group> groups,
        boolean truncated) {}
