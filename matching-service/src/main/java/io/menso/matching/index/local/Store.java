package io.menso.matching.index.local;

import io.menso.matching.index.Space;
import java.util.Map;

/// Files of an index.
interface Store extends AutoCloseable {

    /// Of the random rotation.
    long seed();

    /// Spaces of which former processes left rows, and the dimension of their vectors.
    Map<Space, Integer> kept();

    /// Whether all kept codes of a space were made as this codec makes them.
    boolean fits(Space space, Codec codec);

    /// Where rows of a space go.
    Room room(Space space, int dimension, Codec codec);

    /// Forgets everything; rooms that were given before must not be used to write any more.
    void clear();

    @Override
    void close();
}
