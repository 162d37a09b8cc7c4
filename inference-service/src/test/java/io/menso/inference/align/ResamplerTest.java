package io.menso.inference.align;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.inference.bundle.InputSpec;
import io.menso.inference.image.Pixels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResamplerTest {

    private static Pixels ramp(int width, int height) {
        int[] rgb = new int[width * height];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = 0x010101 * (i % width * 255 / width);
        }
        return new Pixels(width, height, rgb);
    }

    private static Pixels plain(int width, int height, int colour) {
        int[] rgb = new int[width * height];
        Arrays.fill(rgb, colour);
        return new Pixels(width, height, rgb);
    }

    @Test
    void copiesWhenNothingChanges() {
        Pixels source = ramp(112, 112);

        assertThat(Resampler.warp(source, new Similarity(1, 0, 0, 0), 112).rgb())
                .isEqualTo(source.rgb());
        assertThat(Resampler.crop(source, 0, 0, 112, 112, 112).rgb()).isEqualTo(source.rgb());
        assertThat(Resampler.shrink(source, 112, 112)).isSameAs(source);
    }

    @Test
    void averagesFineStripesWhenShrinking() {
        Pixels stripes = ramp(560, 560);
        for (int i = 0; i < stripes.rgb().length; i++) {
            stripes.rgb()[i] = i % 2 == 0 ? 0xFFFFFF : 0; // columns, since the width is even
        }

        Pixels small = Resampler.warp(stripes, new Similarity(5, 0, 2, 2), 112);

        assertThat(small.at(50, 50) & 0xFF).isBetween(100, 155);
        assertThat(Resampler.shrink(stripes, 100, 100).at(40, 40) & 0xFF).isBetween(100, 155);
        assertThat(Resampler.shrink(stripes, 400, 400).at(40, 40) & 0xFF).isBetween(60, 195);
    }

    @Test
    void isBlackOutside() {
        Pixels shifted = Resampler.warp(plain(50, 50, 0x808080), new Similarity(1, 0, 40, 40), 112);

        assertThat(shifted.at(5, 5)).isEqualTo(0x808080);
        assertThat(shifted.at(60, 60)).isZero();
    }

    @Test
    void keepsEvenColourExactly() {
        Pixels even = plain(1000, 700, 0x123456);

        assertThat(Resampler.shrink(even, 320, 224).rgb()).containsOnly(0x123456);
        assertThat(Resampler.shrink(even, 99, 70).rgb()).containsOnly(0x123456);
        assertThat(Resampler.crop(even, 900, 600, 100, 100, 80).rgb()).containsOnly(0x123456);
    }

    @Test
    void planesFollowTheOrderAndScaleOfTheInput() {
        Pixels pixel = plain(1, 1, 0x010203);
        InputSpec bgr = new InputSpec(2, 1, InputSpec.Colour.BGR, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        InputSpec rgb = new InputSpec(1, 1, InputSpec.Colour.RGB, List.of(1f, 0f, 0f), List.of(1f, 2f, 3f));

        assertThat(Planes.of(pixel, 2, 1, bgr)).containsExactly(3, 0, 2, 0, 1, 0);
        assertThat(Planes.of(pixel, 1, 1, rgb)).containsExactly(0, 1, 1);
    }
}
