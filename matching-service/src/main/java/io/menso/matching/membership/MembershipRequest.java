package io.menso.matching.membership;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.menso.commons.web.ApiException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A token's state as identity-service tells it.
///
/// @param user         whose token
/// @param gallery      where it counts
/// @param validFrom    Unix time in seconds
/// @param validThrough Unix time in seconds
/// @param version      of the token, grows with each change
public record MembershipRequest(
        UUID user,
        String gallery,
        @JsonProperty("valid_from") Long validFrom,
        @JsonProperty("valid_through") Long validThrough,
        Long version) {

    public MembershipRequest {
        require(user, "user");
        require(gallery, "gallery");
        require(validFrom, "valid_from");
        require(validThrough, "valid_through");
        require(version, "version");
    }

    Period period() {
        return new Period(gallery, validFrom, validThrough);
    }

    private static void require(@Nullable Object value, String name) {
        if (value == null) {
            throw ApiException.badRequest(name + " is missing");
        }
    }
}
