package io.menso.local.models.faceapi;

import io.menso.local.models.onnx.OnnxModel;
import io.menso.local.models.onnx.Value;
import io.menso.local.models.onnx.Window;
import io.menso.local.models.weights.NamedTensors;
import io.menso.local.models.weights.Tensor;
import io.menso.local.models.weights.WeightsException;

/// Adds face-api's layers with their trained weights to a model. TensorFlow orders kernels by height, width, input
/// and output channel, ONNX by output, input, height and width; padding is TensorFlow's `same`.
final class Layers {

    private final OnnxModel model;
    private final NamedTensors weights;

    Layers(OnnxModel model, NamedTensors weights) {
        this.model = model;
        this.weights = weights;
    }

    /// What a layer works on.
    ///
    /// @param channels of the value
    /// @param side     in pixels
    record Planes(Value value, int channels, int side) {

        Planes with(Value other) {
            return new Planes(other, channels, side);
        }
    }

    /// A full convolution with a bias.
    Planes convolution(String name, Planes x, int channels, int side, int stride) throws WeightsException {
        Tensor kernel = weights.take(name + "/filters", side, side, x.channels(), channels);
        Value y = model.convolution(
                x.value(),
                model.weights(name + "/filters", kernel.permuted(3, 2, 0, 1)),
                bias(name, channels),
                Window.same(side, stride, x.side()),
                1);
        return new Planes(y, channels, Math.ceilDiv(x.side(), stride));
    }

    /// A convolution of each channel by itself and then one of all channels pixel by pixel, with one bias.
    Planes separable(String name, Planes x, int channels, int stride) throws WeightsException {
        Tensor depthwise = weights.take(name + "/depthwise_filter", 3, 3, x.channels(), 1);
        Tensor pointwise = weights.take(name + "/pointwise_filter", 1, 1, x.channels(), channels);
        Value y = model.convolution(
                x.value(),
                model.weights(name + "/depthwise_filter", depthwise.permuted(2, 3, 0, 1)),
                Window.same(3, stride, x.side()),
                x.channels());
        y = model.convolution(
                y,
                model.weights(name + "/pointwise_filter", pointwise.permuted(3, 2, 0, 1)),
                bias(name, channels),
                Window.padded(1, 1, 0),
                1);
        return new Planes(y, channels, Math.ceilDiv(x.side(), stride));
    }

    Planes maxPool(Planes x, int side, int stride) {
        Value y = model.maxPool(x.value(), Window.same(side, stride, x.side()));
        return new Planes(y, x.channels(), Math.ceilDiv(x.side(), stride));
    }

    Planes relu(Planes x) {
        return x.with(model.relu(x.value()));
    }

    Planes sum(Planes a, Planes b) {
        return a.with(model.sum(a.value(), b.value()));
    }

    /// The mean of each channel, in a row.
    Planes mean(Planes x) {
        return x.with(model.flatten(model.mean(x.value())));
    }

    /// A matrix and a bias over a row.
    Value dense(String name, Planes x, int outputs) throws WeightsException {
        Tensor matrix = weights.take(name + "/weights", x.channels(), outputs);
        return model.dense(x.value(), model.weights(name + "/weights", matrix), bias(name, outputs));
    }

    private Value bias(String name, int channels) throws WeightsException {
        return model.weights(name + "/bias", weights.take(name + "/bias", channels));
    }
}
