package io.menso.matching.face;

/// An encrypted template on its way into the database.
///
/// @param revision  of the embedding
/// @param dimension numbers in the vector
/// @param sealed    the vector under the tenant's data key
public record SealedTemplate(String revision, int dimension, byte[] sealed) {

    @Override
    public String toString() {
        return "SealedTemplate[revision=" + revision + "]";
    }
}
