package io.menso.matching.index.local;

/// Seals for the rows of one space.
///
/// @param vectors of their numbers
/// @param codes   of their codes
record Seals(RowSeal vectors, RowSeal codes) {}
