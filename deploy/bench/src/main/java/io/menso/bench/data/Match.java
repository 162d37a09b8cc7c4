package io.menso.bench.data;

/// A row and its cosine with a query.
///
/// @param row    number of the row
/// @param cosine as the engine computed it
public record Match(int row, double cosine) {}
