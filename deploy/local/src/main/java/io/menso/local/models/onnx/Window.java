package io.menso.local.models.onnx;

/// How a square window moves over a picture: its side, its step, and how many pixels the picture is enlarged by.
///
/// @param side   of the window in pixels
/// @param stride pixels from one place to the next
/// @param before pixels added at the top and at the left
/// @param after  pixels added at the bottom and at the right
public record Window(int side, int stride, int before, int after) {

    /// The same number of pixels is added all around.
    public static Window padded(int side, int stride, int padding) {
        return new Window(side, stride, padding, padding);
    }

    /// TensorFlow's padding `same`: as few pixels as make `ceil(picture / stride)` places, the odd one behind.
    ///
    /// @param picture side of the picture in pixels
    public static Window same(int side, int stride, int picture) {
        int places = Math.ceilDiv(picture, stride);
        int padding = Math.max(0, (places - 1) * stride + side - picture);
        return new Window(side, stride, padding / 2, padding - padding / 2);
    }
}
