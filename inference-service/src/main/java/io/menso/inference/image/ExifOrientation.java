package io.menso.inference.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads the one EXIF tag that matters here, and turns pixels accordingly. Damaged EXIF counts as none (decision B12).
final class ExifOrientation {

    static final int UPRIGHT = 1;
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int MAX_ENTRIES = 512;

    private ExifOrientation() {}

    /// @param content an array that holds a TIFF structure
    /// @param offset  where it starts
    /// @param length  its length
    /// @return 1 to 8; 1 when the tag is absent or anything is wrong
    static int read(byte[] content, int offset, int length) {
        try {
            ByteBuffer tiff = ByteBuffer.wrap(content, offset, length).slice();
            return find(tiff);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return UPRIGHT;
        }
    }

    private static int find(ByteBuffer tiff) {
        int order = tiff.getShort();
        if (order != 0x4949 && order != 0x4D4D) {
            return UPRIGHT;
        }
        tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (tiff.getShort() != 42) {
            return UPRIGHT;
        }
        tiff.position(tiff.getInt());
        int entries = Math.min(tiff.getShort() & 0xFFFF, MAX_ENTRIES);
        for (int i = 0; i < entries; i++) {
            int tag = tiff.getShort() & 0xFFFF;
            int type = tiff.getShort();
            int count = tiff.getInt();
            int value = tiff.getShort() & 0xFFFF;
            tiff.getShort();
            if (tag == TAG) {
                return type == SHORT && count == 1 && value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /// The pixels as they should be seen.
    static Pixels apply(Pixels source, int orientation) {
        if (orientation == UPRIGHT) {
            return source;
        }
        int width = source.width();
        int height = source.height();
        boolean turned = orientation >= 5;
        int[] target = new int[width * height];
        int targetWidth = turned ? height : width;
        int[] rgb = source.rgb();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int mirrorX = width - 1 - x;
                int mirrorY = height - 1 - y;
                int index = switch (orientation) {
                    case 2 -> y * targetWidth + mirrorX;
                    case 3 -> mirrorY * targetWidth + mirrorX;
                    case 4 -> mirrorY * targetWidth + x;
                    case 5 -> x * targetWidth + y;
                    case 6 -> x * targetWidth + mirrorY;
                    case 7 -> mirrorX * targetWidth + mirrorY;
                    default -> mirrorX * targetWidth + y;
                };
                target[index] = rgb[y * width + x];
            }
        }
        return new Pixels(targetWidth, turned ? width : height, target);
    }
}
