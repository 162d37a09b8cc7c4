package io.menso.matching.index.local;

import java.util.List;

/// Where the rows of one space are.
interface Room {

    /// What former processes left; empty once the space's rows lie elsewhere.
    List<Extent> kept();

    /// Room for the rows of one more chunk.
    ///
    /// @throws java.io.UncheckedIOException when the disk is full
    Extent allocate(int rows);
}
