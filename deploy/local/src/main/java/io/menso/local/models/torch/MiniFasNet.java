package io.menso.local.models.torch;

import io.menso.local.models.onnx.OnnxModel;
import io.menso.local.models.onnx.Value;
import io.menso.local.models.weights.NamedTensors;
import io.menso.local.models.weights.WeightsException;
import java.util.List;

/// The MiniFASNets of minivision (Silent-Face-Anti-Spoofing, 2020): small networks that tell a live face from a
/// print or a screen. Input: n x 3 x 80 x 80, BGR, 0 to 255. Output: n x 3 logits, of which class 1 is live.
public enum MiniFasNet {
    V2(false, List.of(13, 13, 13, 13), List.of(231, 52, 26, 77, 26, 26)),
    V1SE(true, List.of(13, 26, 13, 52), List.of(154, 52, 26, 52, 26, 26));

    private static final int SIDE = 80;
    private static final int CLASSES = 3;
    private static final int EMBEDDING = 128;
    private static final int REDUCTION = 4;

    private final boolean squeezed;
    private final List<Integer> third;
    private final List<Integer> fourth;

    /// @param third  widths that pruning left the blocks of the third stage
    /// @param fourth widths that pruning left the blocks of the fourth stage
    MiniFasNet(boolean squeezed, List<Integer> third, List<Integer> fourth) {
        this.squeezed = squeezed;
        this.third = third;
        this.fourth = fourth;
    }

    /// Reads a state dict as upstream saved it and writes the same network as an ONNX file.
    ///
    /// @throws WeightsException if the weights are damaged or belong to another network
    public byte[] convert(byte[] stateDict) throws WeightsException {
        NamedTensors weights = LegacyFile.read(stateDict).withoutPrefix("module.");
        OnnxModel model = new OnnxModel("MiniFASNet" + name());
        Layers layers = new Layers(model, weights);
        model.output("logits", network(layers, model.input("input", 3, SIDE, SIDE)), CLASSES);
        weights.requireAllTaken(name -> name.endsWith(".num_batches_tracked"));
        return model.toByteArray();
    }

    private Value network(Layers layers, Value input) throws WeightsException {
        Value x = layers.activated("conv1", input, new Shape(3, 32, 3, 2, 1, 1));
        x = layers.activated("conv2_dw", x, Shape.depthwise(32, 1));
        x = bottleneck(layers, "conv_23", x, new Width(32, 103, 64), 2);
        x = stage(layers, "conv_3", x, 64, third);
        x = bottleneck(layers, "conv_34", x, new Width(64, 231, 128), 2);
        x = stage(layers, "conv_4", x, 128, fourth);
        x = bottleneck(layers, "conv_45", x, new Width(128, 308, 128), 2);
        x = stage(layers, "conv_5", x, 128, List.of(26, 26));
        x = layers.activated("conv_6_sep", x, Shape.pointwise(128, 512));
        x = layers.linear("conv_6_dw", x, new Shape(512, 512, 5, 1, 0, 512));
        x = layers.normalisedDense("linear", "bn", x, 512, EMBEDDING);
        return layers.dense("prob", x, EMBEDDING, CLASSES);
    }

    /// Blocks that add to what they are given; the last of a stage is squeezed in the SE variant.
    private Value stage(Layers layers, String name, Value input, int channels, List<Integer> widths)
            throws WeightsException {
        Value x = input;
        for (int i = 0; i < widths.size(); i++) {
            String block = name + ".model." + i;
            Value y = bottleneck(layers, block, x, new Width(channels, widths.get(i), channels), 1);
            if (squeezed && i == widths.size() - 1) {
                y = layers.squeeze(block + ".se_module", y, channels, channels / REDUCTION);
            }
            x = layers.sum(x, y);
        }
        return x;
    }

    /// Channels that come, that the depthwise convolution works on, and that go.
    private record Width(int in, int middle, int out) {}

    private static Value bottleneck(Layers layers, String name, Value input, Width width, int stride)
            throws WeightsException {
        Value x = layers.activated(name + ".conv", input, Shape.pointwise(width.in(), width.middle()));
        x = layers.activated(name + ".conv_dw", x, Shape.depthwise(width.middle(), stride));
        return layers.linear(name + ".project", x, Shape.pointwise(width.middle(), width.out()));
    }
}
