package io.menso.inference.analysis;

import io.menso.inference.embedding.Template;

/// A template as `face_analysis` hands it to the matching service.
///
/// @param model     name of the embedding model
/// @param revision  of that model
/// @param dimension numbers in the vector
/// @param vector    Base64 of float32 little-endian, unit length
public record EmbeddingJson(String model, String revision, int dimension, String vector) {

    static EmbeddingJson of(String model, String revision, Template template) {
        return new EmbeddingJson(model, revision, template.dimension(), template.base64());
    }

    @Override
    public String toString() {
        return "EmbeddingJson[" + model + "@" + revision + "]";
    }
}
