package io.menso.matching.search;

/// How alike two faces are.
///
/// @param score 0 to 1; also below the threshold (H5)
public record VerifyResponse(double score) {}
