package io.menso.inference.attributes;

import java.util.Locale;

/// Something that is estimated of a face.
public enum Attribute {
    AGE,
    GENDER,
    EMOTION,
    POSE;

    /// Its name in responses.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
