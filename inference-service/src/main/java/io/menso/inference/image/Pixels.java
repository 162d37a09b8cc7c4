package io.menso.inference.image;

/// An RGB raster: one `0xRRGGBB` per pixel, row by row from the top left.
///
/// Its text form never shows the picture.
public final class Pixels {

    private final int width;
    private final int height;
    private final int[] rgb;

    /// @param rgb `width * height` values, kept and not copied
    public Pixels(int width, int height, int[] rgb) {
        if (width < 1 || height < 1 || rgb.length != Math.multiplyExact(width, height)) {
            throw new IllegalArgumentException("raster of " + width + " x " + height + " with " + rgb.length);
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /// The raster itself; callers read it and leave it as it is.
    public int[] rgb() {
        return rgb;
    }

    /// The value at a point inside the raster.
    public int at(int x, int y) {
        return rgb[y * width + x];
    }

    @Override
    public String toString() {
        return "Pixels[" + width + "x" + height + "]";
    }
}
