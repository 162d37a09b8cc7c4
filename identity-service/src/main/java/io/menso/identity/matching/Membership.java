package io.menso.identity.matching;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;

/// A token as the matching service knows it.
///
/// @param user         who is a member
/// @param gallery      of what
/// @param validFrom    first valid second, Unix time
/// @param validThrough last valid second, Unix time
/// @param version      version of the token; an older one changes nothing
public record Membership(
        UUID user,
        String gallery,
        @JsonProperty("valid_from") long validFrom,
        @JsonProperty("valid_through") long validThrough,
        long version) {}
