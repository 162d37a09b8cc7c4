package io.menso.local.models.onnx;

import io.menso.local.models.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A network under construction, layer by layer; [#toByteArray] is the ONNX file (https://onnx.ai/onnx/intro,
/// numbers of fields from its `onnx.proto`). The first dimension of inputs and outputs is the number of pictures,
/// left free. The same calls always give the same bytes.
public final class OnnxModel {

    /// Version of the file format, and of the set of operators; what ONNX Runtime reads since 1.13 and 1.7.
    private static final int IR_VERSION = 8;

    private static final int OPERATORS = 13;
    private static final int FLOAT = 1;
    private static final String BATCH = "n";

    private final String name;
    private final List<ProtoMessage> inputs = new ArrayList<>();
    private final List<ProtoMessage> outputs = new ArrayList<>();
    private final List<ProtoMessage> weights = new ArrayList<>();
    private final List<ProtoMessage> nodes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    public OnnxModel(String name) {
        this.name = name;
    }

    /// What a run is given: `n` times this shape.
    public Value input(String input, int... shape) {
        inputs.add(described(input, shape));
        return named(input);
    }

    /// Trained numbers.
    public Value weights(String label, Tensor tensor) {
        ProtoMessage message = new ProtoMessage();
        for (int side : tensor.shape()) {
            message.number(1, side);
        }
        weights.add(message.number(2, FLOAT).text(8, label).bytes(9, raw(tensor.values())));
        return named(label);
    }

    /// A convolution.
    ///
    /// @param kernel output channels x input channels of a group x side x side
    /// @param bias   one number for each output channel
    /// @param groups 1, or the number of channels for a convolution of each channel by itself
    public Value convolution(Value x, Value kernel, Value bias, Window window, int groups) {
        return add(new Node("Conv", x, kernel, bias).integer("group", groups).window(window));
    }

    /// The same without a bias.
    public Value convolution(Value x, Value kernel, Window window, int groups) {
        return add(new Node("Conv", x, kernel).integer("group", groups).window(window));
    }

    /// The largest value in each place of the window; what is added around the picture never counts.
    public Value maxPool(Value x, Window window) {
        return add(new Node("MaxPool", x).window(window));
    }

    /// The mean over the whole picture, channel by channel: n x channels x 1 x 1.
    public Value mean(Value x) {
        return add(new Node("GlobalAveragePool", x));
    }

    public Value relu(Value x) {
        return add(new Node("Relu", x));
    }

    /// Negative values times a slope.
    ///
    /// @param slope channels x 1 x 1
    public Value prelu(Value x, Value slope) {
        return add(new Node("PRelu", x, slope));
    }

    public Value sigmoid(Value x) {
        return add(new Node("Sigmoid", x));
    }

    public Value sum(Value a, Value b) {
        return add(new Node("Add", a, b));
    }

    public Value product(Value a, Value b) {
        return add(new Node("Mul", a, b));
    }

    /// Everything of one picture in one row.
    public Value flatten(Value x) {
        return add(new Node("Flatten", x).integer("axis", 1));
    }

    /// A matrix and a bias: rows x inputs to rows x outputs.
    ///
    /// @param matrix inputs x outputs
    public Value dense(Value x, Value matrix, Value bias) {
        return add(new Node("Gemm", x, matrix, bias));
    }

    /// Positive shares of each row that add up to 1.
    public Value softmax(Value x) {
        return add(new Node("Softmax", x).integer("axis", 1));
    }

    /// What a run returns under this name: `n` times this shape.
    public void output(String output, Value x, int... shape) {
        outputs.add(described(output, shape));
        nodes.add(new Node("Identity", x).message(named(output)));
    }

    /// The file.
    public byte[] toByteArray() {
        ProtoMessage graph = new ProtoMessage();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, name);
        weights.forEach(tensor -> graph.message(5, tensor));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        return new ProtoMessage()
                .number(1, IR_VERSION)
                .text(2, "menso")
                .message(7, graph)
                .message(8, new ProtoMessage().text(1, "").number(2, OPERATORS))
                .toByteArray();
    }

    private Value add(Node node) {
        Value result = named(node.operator.toLowerCase(Locale.ROOT) + "_" + nodes.size());
        nodes.add(node.message(result));
        return result;
    }

    private Value named(String value) {
        if (!names.add(value)) {
            throw new IllegalStateException("two values are called " + value);
        }
        return new Value(value);
    }

    private static ProtoMessage described(String value, int... shape) {
        ProtoMessage dimensions = new ProtoMessage().message(1, new ProtoMessage().text(2, BATCH));
        for (int side : shape) {
            dimensions.message(1, new ProtoMessage().number(1, side));
        }
        ProtoMessage tensor = new ProtoMessage().number(1, FLOAT).message(2, dimensions);
        return new ProtoMessage().text(1, value).message(2, new ProtoMessage().message(1, tensor));
    }

    private static byte[] raw(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    /// One layer before its result has a name.
    private static final class Node {

        private static final int INT = 2;
        private static final int INTS = 7;

        private final String operator;
        private final List<Value> inputs;
        private final List<ProtoMessage> attributes = new ArrayList<>();

        Node(String operator, Value... inputs) {
            this.operator = operator;
            this.inputs = List.of(inputs);
        }

        Node integer(String attribute, long value) {
            attributes.add(
                    new ProtoMessage().text(1, attribute).number(3, value).number(20, INT));
            return this;
        }

        Node integers(String attribute, long... values) {
            ProtoMessage message = new ProtoMessage().text(1, attribute);
            for (long value : values) {
                message.number(8, value);
            }
            attributes.add(message.number(20, INTS));
            return this;
        }

        Node window(Window window) {
            return integers("kernel_shape", window.side(), window.side())
                    .integers("pads", window.before(), window.before(), window.after(), window.after())
                    .integers("strides", window.stride(), window.stride());
        }

        ProtoMessage message(Value output) {
            ProtoMessage message = new ProtoMessage();
            inputs.forEach(input -> message.text(1, input.name()));
            message.text(2, output.name()).text(3, output.name()).text(4, operator);
            attributes.forEach(attribute -> message.message(5, attribute));
            return message;
        }
    }
}
