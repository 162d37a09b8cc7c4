package io.menso.identity.user;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;

/// A user as the API shows it; times are Unix seconds.
record UserResponse(
        UUID uuid,
        long created,
        long updated,
        @JsonProperty("display_name") String displayName) {

    static UserResponse of(User user) {
        return new UserResponse(
                user.id(), user.created(), user.updated(), user.content().displayName());
    }

    @Override
    public String toString() {
        return "UserResponse[" + uuid + "]";
    }
}
