package io.menso.inference.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/// Turns whatever raster a reader made into RGB, once.
///
/// Samples are taken as they are: `getRGB` would brighten grey pictures and is ten times slower. Transparent pixels
/// are laid on white, 16 bits are cut to 8, and inks are multiplied.
final class PixelConverter {

    private static final int[] GREY = {0, 0, 0};
    private static final int[] COLOUR = {0, 1, 2};

    private PixelConverter() {}

    static Pixels convert(BufferedImage image) {
        Raster raster = image.getRaster();
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return fromPalette(raster, palette);
        }
        int bands = raster.getNumBands();
        if (isInterleavedBytes(raster) && (bands == 1 || bands == 3)) {
            return fromBytes(raster, bands == 1 ? GREY : COLOUR);
        }
        return fromSamples(raster, bands);
    }

    /// @param inverted  inks are stored inverted (Adobe)
    /// @param luminance the first three bands are luminance and chrominance
    static Pixels fromInks(Raster raster, boolean inverted, boolean luminance) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int[] rgb = new int[width * height];
        int[] row = new int[width * 4];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int at = 4 * x;
                if (luminance) {
                    unfold(row, at);
                }
                int key = inverted ? row[at + 3] : 255 - row[at + 3];
                int value = 0;
                for (int c = 0; c < 3; c++) {
                    int paper = inverted ? row[at + c] : 255 - row[at + c];
                    value = value << 8 | paper * key / 255;
                }
                rgb[y * width + x] = value;
            }
        }
        return new Pixels(width, height, rgb);
    }

    private static void unfold(int[] row, int at) {
        double y = row[at];
        double cb = row[at + 1] - 128.0;
        double cr = row[at + 2] - 128.0;
        row[at] = 255 - clamp(y + 1.402 * cr);
        row[at + 1] = 255 - clamp(y - 0.344136 * cb - 0.714136 * cr);
        row[at + 2] = 255 - clamp(y + 1.772 * cb);
    }

    private static int clamp(double value) {
        return (int) Math.clamp(Math.round(value), 0L, 255L);
    }

    private static boolean isInterleavedBytes(Raster raster) {
        return raster.getSampleModel() instanceof PixelInterleavedSampleModel
                && raster.getDataBuffer() instanceof DataBufferByte
                && raster.getSampleModel().getDataType() == DataBuffer.TYPE_BYTE;
    }

    private static Pixels fromBytes(Raster raster, int[] channels) {
        PixelInterleavedSampleModel model = (PixelInterleavedSampleModel) raster.getSampleModel();
        DataBufferByte buffer = (DataBufferByte) raster.getDataBuffer();
        byte[] data = buffer.getData();
        int[] offsets = model.getBandOffsets();
        int red = offsets[channels[0]];
        int green = offsets[channels[1]];
        int blue = offsets[channels[2]];
        int width = raster.getWidth();
        int height = raster.getHeight();
        int originX = raster.getMinX() - raster.getSampleModelTranslateX();
        int originY = raster.getMinY() - raster.getSampleModelTranslateY();
        int[] rgb = new int[width * height];
        for (int y = 0; y < height; y++) {
            int at = buffer.getOffset() + (originY + y) * model.getScanlineStride() + originX * model.getPixelStride();
            for (int x = 0; x < width; x++) {
                rgb[y * width + x] =
                        (data[at + red] & 0xFF) << 16 | (data[at + green] & 0xFF) << 8 | data[at + blue] & 0xFF;
                at += model.getPixelStride();
            }
        }
        return new Pixels(width, height, rgb);
    }

    private static Pixels fromPalette(Raster raster, IndexColorModel palette) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        int width = raster.getWidth();
        int height = raster.getHeight();
        int[] rgb = new int[width * height];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                int argb = colours[Math.min(row[x], colours.length - 1)];
                rgb[y * width + x] = onWhite(argb >> 16 & 0xFF, argb >> 8 & 0xFF, argb & 0xFF, argb >>> 24);
            }
        }
        return new Pixels(width, height, rgb);
    }

    private static Pixels fromSamples(Raster raster, int bands) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        SampleModel model = raster.getSampleModel();
        boolean colour = bands >= 3;
        boolean alpha = bands == 2 || bands == 4;
        int[] rgb = new int[width * height];
        int[] row = new int[width * bands];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int at = x * bands;
                int red = to8(row[at], model.getSampleSize(0));
                int green = colour ? to8(row[at + 1], model.getSampleSize(1)) : red;
                int blue = colour ? to8(row[at + 2], model.getSampleSize(2)) : red;
                int opacity = alpha ? to8(row[at + bands - 1], model.getSampleSize(bands - 1)) : 255;
                rgb[y * width + x] = onWhite(red, green, blue, opacity);
            }
        }
        return new Pixels(width, height, rgb);
    }

    private static int to8(int sample, int bits) {
        if (bits == 8) {
            return sample;
        }
        return bits > 8 ? sample >> bits - 8 : sample * 255 / ((1 << bits) - 1);
    }

    private static int onWhite(int red, int green, int blue, int opacity) {
        if (opacity == 255) {
            return red << 16 | green << 8 | blue;
        }
        int white = 255 * (255 - opacity);
        return (red * opacity + white) / 255 << 16
                | (green * opacity + white) / 255 << 8
                | (blue * opacity + white) / 255;
    }
}
