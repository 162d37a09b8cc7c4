package io.menso.local.models.torch;

import io.menso.local.models.onnx.OnnxModel;
import io.menso.local.models.onnx.Value;
import io.menso.local.models.weights.NamedTensors;
import io.menso.local.models.weights.Tensor;
import io.menso.local.models.weights.WeightsException;

/// Adds layers with their trained weights to a model. Batch normalisation becomes part of the layer before it:
/// after training it is no more than a factor and a shift for each channel.
final class Layers {

    private final OnnxModel model;
    private final NamedTensors weights;

    Layers(OnnxModel model, NamedTensors weights) {
        this.model = model;
        this.weights = weights;
    }

    /// Convolution and batch normalisation.
    Value linear(String name, Value x, Shape shape) throws WeightsException {
        return convolution(name + ".conv", name + ".bn", x, shape);
    }

    /// Convolution, batch normalisation, and a rectifier with a trained slope per channel.
    Value activated(String name, Value x, Shape shape) throws WeightsException {
        Value y = linear(name, x, shape);
        float[] slope = weights.take(name + ".prelu.weight", shape.out()).values();
        return model.prelu(y, model.weights(name + ".slope", new Tensor(new int[] {shape.out(), 1, 1}, slope)));
    }

    /// Squeeze and excitation (Hu, Shen, Sun, 2018): each channel is weighed by what all look like on average.
    Value squeeze(String name, Value x, int channels, int reduced) throws WeightsException {
        Value gate = model.mean(x);
        gate = model.relu(convolution(name + ".fc1", name + ".bn1", gate, Shape.pointwise(channels, reduced)));
        gate = model.sigmoid(convolution(name + ".fc2", name + ".bn2", gate, Shape.pointwise(reduced, channels)));
        return model.product(x, gate);
    }

    Value sum(Value a, Value b) {
        return model.sum(a, b);
    }

    /// A matrix without a bias.
    Value dense(String name, Value x, int in, int out) throws WeightsException {
        Tensor matrix = weights.take(name + ".weight", out, in);
        return dense(name, x, matrix.permuted(1, 0), Tensor.of(new float[out]));
    }

    /// A matrix and batch normalisation, over all that a picture has.
    Value normalisedDense(String name, String norm, Value x, int in, int out) throws WeightsException {
        BatchNorm bn = BatchNorm.take(weights, norm, out);
        Tensor matrix = weights.take(name + ".weight", out, in);
        return dense(name, model.flatten(x), bn.fold(matrix).permuted(1, 0), bn.shift());
    }

    private Value dense(String name, Value x, Tensor matrix, Tensor bias) {
        return model.dense(x, model.weights(name + ".matrix", matrix), model.weights(name + ".bias", bias));
    }

    private Value convolution(String name, String norm, Value x, Shape shape) throws WeightsException {
        BatchNorm bn = BatchNorm.take(weights, norm, shape.out());
        Tensor kernel =
                weights.take(name + ".weight", shape.out(), shape.channelsOfGroup(), shape.kernel(), shape.kernel());
        return model.convolution(
                x,
                model.weights(name + ".kernel", bn.fold(kernel)),
                model.weights(name + ".bias", bn.shift()),
                shape.window(),
                shape.groups());
    }
}
