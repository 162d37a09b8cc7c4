package io.menso.local.models.torch;

import io.menso.local.models.onnx.Window;

/// A square convolution without a bias.
///
/// @param in      channels that come
/// @param out     channels that go
/// @param kernel  side of the kernel
/// @param stride  1, or 2 to halve the picture
/// @param padding pixels of zeros around the picture
/// @param groups  1, or `in` for a convolution of each channel by itself
record Shape(int in, int out, int kernel, int stride, int padding, int groups) {

    static Shape pointwise(int in, int out) {
        return new Shape(in, out, 1, 1, 0, 1);
    }

    static Shape depthwise(int channels, int stride) {
        return new Shape(channels, channels, 3, stride, 1, channels);
    }

    Window window() {
        return Window.padded(kernel, stride, padding);
    }

    int channelsOfGroup() {
        return in / groups;
    }
}
