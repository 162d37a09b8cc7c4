package io.menso.bench.data;

import java.util.Locale;

/// What is asked for.
public enum Queries {
    /// Another picture of a person who is enrolled.
    HIT,
    /// A picture of somebody who is not.
    NOMATCH,
    /// Plain random vectors among plain random vectors.
    RANDOM;

    /// As options and results write it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean arePlain() {
        return this == RANDOM;
    }
}
