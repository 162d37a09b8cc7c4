package io.menso.inference.align;

import io.menso.inference.image.Pixels;

/// Crops and scales pictures, touching only the pixels that are needed.
public final class Resampler {

    private static final int MAX_SAMPLES = 8;
    private static final int COARSE = 3;

    private Resampler() {}

    /// Cuts a square out through a similarity: bilinear, and averaged over as many samples as a target pixel
    /// covers. What lies outside the source is black.
    ///
    /// @param toSource maps target coordinates to source coordinates
    public static Pixels warp(Pixels source, Similarity toSource, int size) {
        return warp(source, toSource, size, false);
    }

    /// The same, but the pixels at the edge of the source go on outside.
    public static Pixels warpRepeating(Pixels source, Similarity toSource, int size) {
        return warp(source, toSource, size, true);
    }

    private static Pixels warp(Pixels source, Similarity toSource, int size, boolean repeating) {
        int samples = (int) Math.clamp(Math.ceil(toSource.scale()), 1, MAX_SAMPLES);
        int[] target = new int[size * size];
        double[] sum = new double[3];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                sum[0] = 0;
                sum[1] = 0;
                sum[2] = 0;
                for (int i = 0; i < samples * samples; i++) {
                    double u = x + (i % samples + 0.5) / samples - 0.5;
                    double v = y + (i / samples + 0.5) / samples - 0.5;
                    double left = toSource.a() * u - toSource.b() * v + toSource.shiftX();
                    double top = toSource.b() * u + toSource.a() * v + toSource.shiftY();
                    if (repeating) {
                        left = Math.clamp(left, 0, source.width() - 1);
                        top = Math.clamp(top, 0, source.height() - 1);
                    }
                    add(source, left, top, sum);
                }
                target[y * size + x] = pack(sum, samples * samples);
            }
        }
        return new Pixels(size, size, target);
    }

    private static void add(Pixels source, double x, double y, double[] sum) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        if (left < -1 || top < -1 || left >= source.width() || top >= source.height()) {
            return;
        }
        double right = x - left;
        double down = y - top;
        weigh(source, left, top, (1 - right) * (1 - down), sum);
        weigh(source, left + 1, top, right * (1 - down), sum);
        weigh(source, left, top + 1, (1 - right) * down, sum);
        weigh(source, left + 1, top + 1, right * down, sum);
    }

    private static void weigh(Pixels source, int x, int y, double weight, double[] sum) {
        if (x >= 0 && y >= 0 && x < source.width() && y < source.height()) {
            int value = source.at(x, y);
            sum[0] += weight * (value >> 16 & 0xFF);
            sum[1] += weight * (value >> 8 & 0xFF);
            sum[2] += weight * (value & 0xFF);
        }
    }

    private static int pack(double[] sum, int count) {
        return (int) (sum[0] / count + 0.5) << 16 | (int) (sum[1] / count + 0.5) << 8 | (int) (sum[2] / count + 0.5);
    }

    /// Shrinks a whole picture by averaging areas; the sides must not grow.
    public static Pixels shrink(Pixels source, int width, int height) {
        if (width == source.width() && height == source.height()) {
            return source;
        }
        if (width > source.width() || height > source.height()) {
            throw new IllegalArgumentException("shrinking does not enlarge");
        }
        boolean coarse = source.width() >= COARSE * width && source.height() >= COARSE * height;
        int[] target = new int[width * height];
        for (int y = 0; y < height; y++) {
            double top = (double) y * source.height() / height;
            double bottom = (double) (y + 1) * source.height() / height;
            for (int x = 0; x < width; x++) {
                double left = (double) x * source.width() / width;
                double right = (double) (x + 1) * source.width() / width;
                target[y * width + x] = coarse
                        ? block(source, (int) left, (int) top, (int) right, (int) bottom)
                        : average(source, left, top, right, bottom);
            }
        }
        return new Pixels(width, height, target);
    }

    /// Mean of whole pixels: where a target pixel covers many, the fractions at its border do not show.
    private static int block(Pixels source, int left, int top, int right, int bottom) {
        int[] rgb = source.rgb();
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int y = top; y < bottom; y++) {
            int row = y * source.width();
            for (int at = row + left; at < row + right; at++) {
                int value = rgb[at];
                red += value >> 16 & 0xFF;
                green += value >> 8 & 0xFF;
                blue += value & 0xFF;
            }
        }
        int count = (right - left) * (bottom - top);
        return red / count << 16 | green / count << 8 | blue / count;
    }

    private static int average(Pixels source, double left, double top, double right, double bottom) {
        int lastX = Math.min(source.width() - 1, (int) Math.ceil(right) - 1);
        int lastY = Math.min(source.height() - 1, (int) Math.ceil(bottom) - 1);
        double red = 0;
        double green = 0;
        double blue = 0;
        double area = 0;
        for (int y = (int) top; y <= lastY; y++) {
            double down = Math.min(bottom, y + 1) - Math.max(top, y);
            for (int x = (int) left; x <= lastX; x++) {
                double weight = down * (Math.min(right, x + 1) - Math.max(left, x));
                int value = source.at(x, y);
                red += weight * (value >> 16 & 0xFF);
                green += weight * (value >> 8 & 0xFF);
                blue += weight * (value & 0xFF);
                area += weight;
            }
        }
        return (int) (red / area + 0.5) << 16 | (int) (green / area + 0.5) << 8 | (int) (blue / area + 0.5);
    }

    /// Cuts out a rectangle and scales it bilinearly from pixel centres, without averaging.
    ///
    /// @param left  first column, `width` columns lie inside the source
    /// @param top   first row, `height` rows lie inside the source
    /// @param size  side of the result
    public static Pixels crop(Pixels source, int left, int top, int width, int height, int size) {
        int[] target = new int[size * size];
        double[] sum = new double[3];
        for (int y = 0; y < size; y++) {
            double v = Math.clamp((y + 0.5) * height / size - 0.5, 0, height - 1);
            for (int x = 0; x < size; x++) {
                double u = Math.clamp((x + 0.5) * width / size - 0.5, 0, width - 1);
                sum[0] = 0;
                sum[1] = 0;
                sum[2] = 0;
                add(source, left + u, top + v, sum);
                target[y * size + x] = pack(sum, 1);
            }
        }
        return new Pixels(size, size, target);
    }
}
