package io.menso.local.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    @ParameterizedTest(name = "window {0}, stride {1}, picture {2}: {3} before, {4} after")
    @CsvSource({
        "3, 1, 112, 1, 1",
        "3, 2, 112, 0, 1",
        "3, 2, 7, 1, 1",
        "1, 2, 56, 0, 0",
        "2, 1, 5, 0, 1",
        "5, 1, 5, 2, 2"
    })
    void samePaddingPutsTheOddPixelBehind(int side, int stride, int picture, int before, int after) {
        assertThat(Window.same(side, stride, picture)).isEqualTo(new Window(side, stride, before, after));
    }
}
