package io.menso.inference.align;

import io.menso.inference.bundle.InputSpec;
import io.menso.inference.image.Pixels;

/// Pixels as the three planes of numbers that a network reads (NCHW without the N).
public final class Planes {

    private Planes() {}

    /// @param width  width of the planes; what the picture does not cover is a zero byte
    /// @param height height of the planes
    public static float[] of(Pixels pixels, int width, int height, InputSpec input) {
        float[] planes = new float[3 * width * height];
        for (int channel = 0; channel < 3; channel++) {
            int shift = input.colour() == InputSpec.Colour.RGB ? 16 - 8 * channel : 8 * channel;
            fill(planes, channel * width * height, width, height, pixels, shift, table(input, channel));
        }
        return planes;
    }

    private static float[] table(InputSpec input, int channel) {
        float[] table = new float[256];
        for (int value = 0; value < 256; value++) {
            table[value] = (value - input.mean().get(channel)) / input.std().get(channel);
        }
        return table;
    }

    private static void fill(
            float[] planes, int offset, int width, int height, Pixels pixels, int shift, float[] table) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean inside = x < pixels.width() && y < pixels.height();
                planes[offset + y * width + x] = table[inside ? pixels.at(x, y) >> shift & 0xFF : 0];
            }
        }
    }
}
