package io.menso.matching.search;

import java.util.List;
import java.util.UUID;

/// Who is similar enough, most similar first.
///
/// @param users empty when nobody is (B6)
public record SearchResponse(List<Match> users) {

    /// @param uuid  the user
    /// @param score 0 to 1
    public record Match(UUID uuid, double score) {}
}
