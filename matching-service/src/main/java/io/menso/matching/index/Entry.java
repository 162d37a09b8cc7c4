package io.menso.matching.index;

import java.util.UUID;

/// One face to be found.
///
/// @param user    whose face
/// @param version version of the face, above 0; an entry never gives way to an older one
/// @param vector  unit length
public record Entry(UUID user, long version, float[] vector) {

    public Entry {
        if (version <= 0) {
            throw new IllegalArgumentException("version must be positive");
        }
    }

    /// Without the vector: biometric data stay out of logs.
    @Override
    public String toString() {
        return "Entry[version=" + version + "]";
    }
}
