package io.menso.inference.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TemplateTest {

    @Test
    @DisplayName("F3: float32 little-endian in Base64, of unit length")
    void encodes() {
        byte[] bytes = Base64.getDecoder()
                .decode(Template.normalised(new float[] {3, -4}).base64());

        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(numbers.getFloat()).isEqualTo(0.6f);
        assertThat(numbers.getFloat()).isEqualTo(-0.8f);
        assertThat(numbers.hasRemaining()).isFalse();
    }

    @Test
    void meanIsNormalised() {
        Template mean = Template.mean(
                List.of(Template.normalised(new float[] {9, 0}), Template.normalised(new float[] {0, 1})));

        assertThat(mean.cosine(Template.normalised(new float[] {1, 1}))).isCloseTo(1, within(1e-6));
        assertThat(mean.cosine(mean)).isCloseTo(1, within(1e-6));
    }

    @Test
    void refusesVectorsWithoutADirection() {
        assertThatThrownBy(() -> Template.normalised(new float[4])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Template.normalised(new float[] {1, Float.NaN}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverShowsItsNumbers() {
        assertThat(Template.normalised(new float[] {3, -4})).hasToString("Template[2]");
    }
}
