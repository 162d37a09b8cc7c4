package io.menso.inference.image;

/// A decoded image, upright. Very large ones keep only every n-th pixel, so its raster can be smaller than it.
///
/// @param width  width in pixels of the file, after its orientation is applied
/// @param height height in pixels of the file, after its orientation is applied
/// @param pixels what was kept
public record Picture(int width, int height, Pixels pixels) {

    /// Pixels of the file for one pixel that was kept, at least 1.
    public double step() {
        return (double) width / pixels.width();
    }
}
