package io.menso.identity.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/// A token as the API shows it; times are Unix seconds.
record TokenResponse(
        UUID uuid,
        long created,
        long updated,
        @JsonProperty("valid_from") long validFrom,
        @JsonProperty("valid_through") long validThrough,
        JsonNode metadata) {

    static TokenResponse of(Token token) {
        TokenContent content = token.content();
        return new TokenResponse(
                token.id(),
                token.created(),
                token.updated(),
                content.validFrom(),
                content.validThrough(),
                content.metadata());
    }

    @Override
    public String toString() {
        return "TokenResponse[" + uuid + "]";
    }
}
