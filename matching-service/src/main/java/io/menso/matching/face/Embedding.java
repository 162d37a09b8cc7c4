package io.menso.matching.face;

/// A face as numbers.
///
/// @param revision of the model that made it
/// @param vector   unit length
public record Embedding(String revision, float[] vector) {

    @Override
    public String toString() {
        return "Embedding[revision=" + revision + "]";
    }
}
