package io.menso.matching.index.local;

import java.util.List;

/// What searches looked at since the start.
///
/// @param searches probes that were searched for
/// @param rows     rows that were looked at, by level of their codes
/// @param vectors  rows whose float32 numbers were read
public record Statistics(long searches, List<Long> rows, long vectors) {}
