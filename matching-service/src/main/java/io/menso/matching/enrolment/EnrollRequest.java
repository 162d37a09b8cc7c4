package io.menso.matching.enrolment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.menso.matching.remote.EncodedEmbedding;
import org.jspecify.annotations.Nullable;

/// Body of `PUT /v3/faces`.
///
/// @param userId    whose face
/// @param embedding as a pipeline got it from the models
public record EnrollRequest(
        @JsonProperty("user_id") @Nullable String userId,
        @Nullable EncodedEmbedding embedding) {}
