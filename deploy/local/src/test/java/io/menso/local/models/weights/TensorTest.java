package io.menso.local.models.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TensorTest {

    private final Tensor tensor = new Tensor(new int[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6});

    @Test
    void dimensionsChangeTheirOrder() {
        Tensor turned = tensor.permuted(1, 0);

        assertThat(turned.shape()).containsExactly(3, 2);
        assertThat(turned.values()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(turned.permuted(1, 0).values()).isEqualTo(tensor.values());
    }

    @Test
    void kernelsOfTensorFlowBecomeThoseOfOnnx() {
        float[] values = new float[2 * 3 * 4 * 5];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Tensor kernel = new Tensor(new int[] {2, 3, 4, 5}, values).permuted(3, 2, 0, 1);

        assertThat(kernel.shape()).containsExactly(5, 4, 2, 3);
        // Output 4, input 2, row 1, column 0.
        assertThat(kernel.values()[((4 * 4 + 2) * 2 + 1) * 3]).isEqualTo(((1 * 3) * 4 + 2) * 5 + 4);
    }

    @Test
    void shapeAndNumbersMustAgree() {
        assertThatThrownBy(() -> new Tensor(new int[] {2, 2}, new float[3]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Tensor.count(1 << 30, 1 << 30, 1 << 30)).isEqualTo(Integer.MAX_VALUE);
        assertThat(Tensor.count()).isEqualTo(1);
    }

    @Test
    void namedTensorsAreTakenByNameAndShape() throws WeightsException {
        NamedTensors tensors = new NamedTensors(Map.of("module.a", tensor)).withoutPrefix("module.");

        assertThatThrownBy(() -> tensors.take("b", 1)).hasMessage("the weights lack b");
        assertThatThrownBy(() -> tensors.take("a", 3, 2)).hasMessageContaining("[2, 3] instead of [3, 2]");
        assertThatThrownBy(() -> tensors.requireAllTaken(_ -> false)).hasMessageContaining("the weights have a");
        assertThat(tensors.take("a", 2, 3)).isSameAs(tensor);
        tensors.requireAllTaken(_ -> false);
    }
}
