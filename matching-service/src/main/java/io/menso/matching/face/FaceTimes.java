package io.menso.matching.face;

/// When a face was registered.
///
/// @param created Unix time of the first registration in seconds
/// @param updated Unix time of the latest one in seconds
public record FaceTimes(long created, long updated) {}
