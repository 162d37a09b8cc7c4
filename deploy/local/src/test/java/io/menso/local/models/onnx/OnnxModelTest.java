package io.menso.local.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.menso.local.models.OnnxRun;
import io.menso.local.models.weights.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Every layer runs in ONNX Runtime and gives what arithmetic says.
class OnnxModelTest {

    /// Two pictures of one channel, 3 x 3.
    private static final float[] PICTURES = {1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -2, -3, -4, -5, -6, -7, -8, -9};

    private final OnnxModel model = new OnnxModel("test");
    private final Value input = model.input("input", 1, 3, 3);

    @Test
    void convolutionPadsAsTold() {
        Value kernel = model.weights("kernel", new Tensor(new int[] {1, 1, 2, 2}, new float[] {1, 0, 0, 1}));
        Value bias = model.weights("bias", Tensor.of(new float[] {0.5f}));
        model.output("y", model.convolution(input, kernel, bias, new Window(2, 2, 0, 1), 1), 1, 2, 2);

        assertThat(run().get("y")).containsExactly(6.5f, 3.5f, 7.5f, 9.5f, -5.5f, -2.5f, -6.5f, -8.5f);
    }

    @Test
    void channelsAreConvolvedByThemselvesAndTogether() {
        Value both = model.weights("both", new Tensor(new int[] {2, 1, 1, 1}, new float[] {1, 2}));
        Value x = model.convolution(input, both, Window.padded(1, 1, 0), 1);
        Value apart = model.weights("apart", new Tensor(new int[] {2, 1, 1, 1}, new float[] {10, 100}));
        x = model.convolution(x, apart, Window.padded(1, 1, 0), 2);
        model.output("y", model.mean(x), 2, 1, 1);

        assertThat(run().get("y")).containsExactly(50, 1000, -50, -1000);
    }

    @Test
    void largestValueIgnoresWhatIsAddedAround() {
        model.output("y", model.maxPool(input, Window.same(3, 2, 3)), 1, 2, 2);

        assertThat(run().get("y")).containsExactly(5, 6, 8, 9, -1, -2, -4, -5);
    }

    @Test
    void valuesAreJoinedAndBentOneByOne() {
        Value slope = model.weights("slope", new Tensor(new int[] {1, 1, 1}, new float[] {0.25f}));
        model.output("relu", model.relu(input), 1, 3, 3);
        model.output("prelu", model.prelu(input, slope), 1, 3, 3);
        model.output("sum", model.sum(input, input), 1, 3, 3);
        model.output("product", model.product(input, input), 1, 3, 3);
        model.output("sigmoid", model.sigmoid(input), 1, 3, 3);

        Map<String, float[]> outputs = run();

        assertThat(outputs.get("relu")).startsWith(1, 2, 3).endsWith(0, 0, 0);
        assertThat(outputs.get("prelu")).startsWith(1, 2, 3).endsWith(-1.75f, -2, -2.25f);
        assertThat(outputs.get("sum")).startsWith(2, 4, 6).endsWith(-14, -16, -18);
        assertThat(outputs.get("product")).startsWith(1, 4, 9).endsWith(49, 64, 81);
        assertThat(output(outputs, "sigmoid")[0]).isCloseTo(0.7310586f, within(1e-6f));
    }

    @Test
    void matrixTakesRowsToRows() {
        float[] numbers = new float[18];
        Arrays.fill(numbers, 0, 2, 1);
        Value matrix = model.weights("matrix", new Tensor(new int[] {9, 2}, numbers));
        Value bias = model.weights("bias", Tensor.of(new float[] {0, 3}));
        model.output("y", model.dense(model.flatten(input), matrix, bias), 2);

        assertThat(run().get("y")).containsExactly(1, 4, -1, 2);
    }

    @Test
    void sharesOfARowAddUpToOne() {
        model.output("y", model.softmax(model.flatten(input)), 9);

        float[] shares = output(run(), "y");

        assertThat(shares[8] / shares[7]).isCloseTo((float) Math.E, within(1e-5f));
        assertThat(sum(shares)).isCloseTo(2, within(1e-6));
    }

    @Test
    void outputsKeepTheirOrderAndNames() {
        model.output("b", model.relu(input), 1, 3, 3);
        model.output("a", model.sum(input, input), 1, 3, 3);

        assertThat(run().keySet()).containsExactly("b", "a");
    }

    @Test
    void sameCallsGiveTheSameBytes() {
        List<byte[]> files = IntStream.range(0, 2)
                .mapToObj(_ -> {
                    OnnxModel same = new OnnxModel("same");
                    same.output("y", same.relu(same.input("input", 2)), 2);
                    return same.toByteArray();
                })
                .toList();

        assertThat(files.getFirst()).isEqualTo(files.getLast());
    }

    @Test
    void twoValuesOfOneNameAreRefused() {
        assertThatThrownBy(() -> model.weights("input", Tensor.of(new float[1])))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("input");
    }

    private Map<String, float[]> run() {
        return OnnxRun.run(model.toByteArray(), PICTURES, 2, 1, 3, 3);
    }

    private static float[] output(Map<String, float[]> outputs, String name) {
        return Objects.requireNonNull(outputs.get(name), name);
    }

    private static double sum(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
    }
}
