package io.menso.matching.remote;

import org.jspecify.annotations.Nullable;

/// A face as numbers, as it travels in JSON.
///
/// @param revision of the model that made it
/// @param vector   Base64 of float32, little-endian, unit length
public record EncodedEmbedding(
        @Nullable String revision, @Nullable String vector) {

    @Override
    public String toString() {
        return "EncodedEmbedding[revision=" + revision + "]";
    }
}
