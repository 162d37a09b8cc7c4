package io.menso.local.models.onnx;

/// Something that flows through a network: an input, weights, or what a layer makes of them.
public record Value(String name) {}
