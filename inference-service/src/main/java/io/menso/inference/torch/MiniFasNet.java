package io.menso.inference.torch;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.menso.inference.torch.Layers.Convolution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The MiniFASNets of minivision (Silent-Face-Anti-Spoofing, 2020): small networks that tell a live face from a print
/// or a screen. Input: n x 3 x 80 x 80, BGR, 0 to 255. Output: n x 3 logits, of which class 1 is live.
public final class MiniFasNet {

    /// Side of the picture in pixels.
    public static final int SIDE = 80;

    /// Number of classes.
    public static final int CLASSES = 3;

    private static final int EMBEDDING = 128;
    private static final int REDUCTION = 4;

    /// A network by the widths that pruning left its layers.
    public enum Variant {
        V2("MiniFASNetV2", false, List.of(13, 13, 13, 13), List.of(231, 52, 26, 77, 26, 26)),
        V1SE("MiniFASNetV1SE", true, List.of(13, 26, 13, 52), List.of(154, 52, 26, 52, 26, 26));

        private final String label;
        private final boolean squeezed;
        private final List<Integer> third;
        private final List<Integer> fourth;

        Variant(String label, boolean squeezed, List<Integer> third, List<Integer> fourth) {
            this.label = label;
            this.squeezed = squeezed;
            this.third = third;
            this.fourth = fourth;
        }

        /// Name of the network upstream, as `variant` in `model.yaml` gives it.
        public String label() {
            return label;
        }

        /// @throws IllegalArgumentException if there is no such network
        public static Variant of(String label) {
            return Arrays.stream(values())
                    .filter(variant -> variant.label.equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "variant must be MiniFASNetV2 or MiniFASNetV1SE, not " + label));
        }
    }

    private final Layers layers;
    private final Variant variant;

    private MiniFasNet(Layers layers, Variant variant) {
        this.layers = layers;
        this.variant = variant;
    }

    /// Reads weights into a model that a predictor can run; its output are logits. The caller closes the model.
    ///
    /// @param file a state dict as upstream saved it
    /// @throws TorchFormatException if the weights are damaged or belong to another network
    public static Model load(Path file, Variant variant, Device device) throws IOException {
        StateDict weights = StateDict.read(file).withoutParallelPrefix();
        Model model = Model.newInstance(variant.label(), device, "PyTorch");
        try {
            Block block = new MiniFasNet(new Layers(weights), variant).network();
            block.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 3, SIDE, SIDE));
            model.setBlock(block);
            return model;
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /// Probabilities of the classes for a batch.
    ///
    /// @param planes count * 3 * 80 * 80 numbers
    public static float[][] softmax(Model model, float[] planes) throws TranslateException {
        int count = planes.length / (3 * SIDE * SIDE);
        try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator());
                NDManager scope = model.getNDManager().newSubManager();
                NDList logits = predictor.predict(new NDList(scope.create(planes, new Shape(count, 3, SIDE, SIDE))));
                NDArray shares = logits.singletonOrThrow().softmax(1)) {
            float[] flat = shares.toFloatArray();
            float[][] rows = new float[count][];
            Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * CLASSES, (i + 1) * CLASSES));
            return rows;
        }
    }

    private Block network() throws TorchFormatException {
        SequentialBlock network = new SequentialBlock()
                .add(layers.activated("conv1", new Convolution(3, 32, 3, 2, 1, 1)))
                .add(layers.activated("conv2_dw", Convolution.depthwise(32, 1)))
                .add(bottleneck("conv_23", 32, 103, 64, 2));
        stage(network, "conv_3", 64, variant.third);
        network.add(bottleneck("conv_34", 64, 231, 128, 2));
        stage(network, "conv_4", 128, variant.fourth);
        network.add(bottleneck("conv_45", 128, 308, 128, 2));
        stage(network, "conv_5", 128, List.of(26, 26));
        return network.add(layers.activated("conv_6_sep", Convolution.pointwise(128, 512)))
                .add(layers.linear("conv_6_dw", new Convolution(512, 512, 5, 1, 0, 512)))
                .add(Blocks.batchFlattenBlock())
                .add(layers.matrix("linear", 512, EMBEDDING))
                .add(layers.norm("bn", EMBEDDING))
                .add(layers.matrix("prob", EMBEDDING, CLASSES));
    }

    /// Blocks that add to what they are given; the last of a stage is squeezed in the SE variant.
    private void stage(SequentialBlock network, String name, int channels, List<Integer> widths)
            throws TorchFormatException {
        for (int i = 0; i < widths.size(); i++) {
            String block = name + ".model." + i;
            SequentialBlock bottleneck = bottleneck(block, channels, widths.get(i), channels, 1);
            if (variant.squeezed && i == widths.size() - 1) {
                bottleneck.add(layers.squeeze(block + ".se_module", channels, channels / REDUCTION));
            }
            network.add(Layers.residual(bottleneck));
        }
    }

    private SequentialBlock bottleneck(String name, int in, int width, int out, int stride)
            throws TorchFormatException {
        return new SequentialBlock()
                .add(layers.activated(name + ".conv", Convolution.pointwise(in, width)))
                .add(layers.activated(name + ".conv_dw", Convolution.depthwise(width, stride)))
                .add(layers.linear(name + ".project", Convolution.pointwise(width, out)));
    }
}
