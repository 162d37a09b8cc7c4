package io.menso.gateway.routing;

/// The services behind the gateway.
public enum Service {
    IDENTITY,
    DEVICE,
    INFERENCE,
    PIPELINE,
    MATCHING
}
