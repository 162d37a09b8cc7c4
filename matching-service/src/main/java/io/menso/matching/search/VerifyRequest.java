package io.menso.matching.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.menso.matching.remote.EncodedEmbedding;
import org.jspecify.annotations.Nullable;

/// Body of `POST /v3/faces/verify`.
///
/// @param userId    who it should be
/// @param embedding who it is
public record VerifyRequest(
        @JsonProperty("user_id") @Nullable String userId,
        @Nullable EncodedEmbedding embedding) {}
