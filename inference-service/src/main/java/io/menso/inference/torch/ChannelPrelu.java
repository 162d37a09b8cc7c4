package io.menso.inference.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/// A rectifier that lets negative values through with a trained slope per channel (He et al., 2015).
/// DJL's own knows one slope for all channels, and not in PyTorch.
final class ChannelPrelu extends AbstractBlock {

    private final Parameter slope;

    ChannelPrelu(int channels) {
        slope = addParameter(Parameter.builder()
                .setName("slope")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(1, channels, 1, 1))
                .build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> unused) {
        NDArray input = inputs.singletonOrThrow();
        NDArray slopes = parameters.getValue(slope, input.getDevice(), training);
        return new NDList(input.maximum(0).addi(input.minimum(0).muli(slopes)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes;
    }
}
