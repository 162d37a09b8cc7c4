package io.menso.matching.membership;

/// A user's right to count in a gallery from one second to another, both included (D1).
///
/// @param gallery      case-sensitive name
/// @param validFrom    Unix time in seconds
/// @param validThrough Unix time in seconds
public record Period(String gallery, long validFrom, long validThrough) {}
