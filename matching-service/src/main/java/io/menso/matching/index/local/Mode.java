package io.menso.matching.index.local;

/// How bounds are made.
public enum Mode {
    /// By concentration over the index's random rotation: a search misses a row with a probability of at most 1e-9.
    STANDARD,
    /// By the triangle inequality on the sphere: a search misses a row never.
    STRICT
}
