package io.menso.matching.search;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.UuidV7;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// User ids outside of paths, where a malformed one is a bad request (B2).
public final class UserIds {

    private UserIds() {}

    /// @throws ApiException 400 when it is missing or no UUID
    public static UUID parse(@Nullable String text) {
        if (text == null) {
            throw ApiException.badRequest("user_id is missing");
        }
        try {
            return UuidV7.parse(text, "User");
        } catch (ApiException e) {
            throw ApiException.badRequest("user_id must be a UUID");
        }
    }
}
