package io.menso.inference.image;

/// What a file says of itself before any pixel is decoded.
///
/// @param format      format of the content
/// @param width       width in pixels, before orientation
/// @param height      height in pixels, before orientation
/// @param components  samples of a pixel
/// @param fixedBytes  memory that decoding takes whatever part of the picture is kept
/// @param levels      times the picture can be halved while decoding (JPEG 2000), otherwise 0
/// @param inkInverted whether four components are Adobe's inverted inks
/// @param luminance   whether three of four components are luminance and chrominance (YCCK)
/// @param orientation EXIF orientation, 1 to 8
/// @param content     the file without the segments that decoding does not need
record ImageHeader(
        ImageFormat format,
        int width,
        int height,
        int components,
        long fixedBytes,
        int levels,
        boolean inkInverted,
        boolean luminance,
        int orientation,
        byte[] content) {

    long pixels() {
        return (long) width * height;
    }

    @Override
    public String toString() {
        return "ImageHeader[" + format + " " + width + "x" + height + "x" + components + "]";
    }
}
