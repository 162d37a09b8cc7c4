package io.menso.inference;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/// Spoils pictures.
final class Pictures {

    private Pictures() {}

    /// A box blur, three times over, close to a Gaussian.
    static BufferedImage blurred(BufferedImage source, int radius) {
        int width = source.getWidth();
        int height = source.getHeight();
        int[] rgb = source.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < 3; i++) {
            rgb = pass(rgb, width, height, 1, radius);
            rgb = pass(rgb, height, width, width, radius);
        }
        BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        target.setRGB(0, 0, width, height, rgb, 0, width);
        return target;
    }

    private static int[] pass(int[] rgb, int length, int lines, int step, int radius) {
        int across = step == 1 ? length : 1;
        int[] target = new int[rgb.length];
        for (int line = 0; line < lines; line++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                for (int i = 0; i < length; i++) {
                    int sum = 0;
                    for (int j = i - radius; j <= i + radius; j += 2) {
                        sum += rgb[line * across + Math.clamp(j, 0, length - 1) * step] >> shift & 0xFF;
                    }
                    target[line * across + i * step] |= sum / (radius + 1) << shift;
                }
            }
        }
        return target;
    }

    /// Turned around its middle, clockwise for positive degrees; black where nothing was.
    static BufferedImage turned(BufferedImage source, double degrees) {
        BufferedImage target = new BufferedImage(source.getWidth(), source.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = target.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        canvas.rotate(Math.toRadians(degrees), source.getWidth() / 2.0, source.getHeight() / 2.0);
        canvas.drawImage(source, 0, 0, null);
        canvas.dispose();
        return target;
    }

    /// Every sample times a factor.
    static BufferedImage scaled(BufferedImage source, double factor) {
        BufferedImage target = new BufferedImage(source.getWidth(), source.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < source.getHeight(); y++) {
            for (int x = 0; x < source.getWidth(); x++) {
                int value = source.getRGB(x, y);
                int scaled = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    scaled |= (int) Math.min(255, (value >> shift & 0xFF) * factor) << shift;
                }
                target.setRGB(x, y, scaled);
            }
        }
        return target;
    }
}
