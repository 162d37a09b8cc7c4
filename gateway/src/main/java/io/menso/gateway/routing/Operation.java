package io.menso.gateway.routing;

/// What a method does on a path.
///
/// @param body       what the request carries
/// @param forDevices whether a device key may call it (decision A8)
public record Operation(BodyKind body, boolean forDevices) {}
