package io.menso.inference.image;

import io.menso.commons.web.ApiException;

/// Reads the main header of a JPEG 2000 codestream (ITU T.800), bare or inside a JP2 file.
///
/// Everything that multiplies work or memory is bounded here: tiles, components, depth, levels and layers.
final class Jpeg2000HeaderReader {

    static final int MAX_TILES = 4096;
    static final int MAX_LEVELS = 12;
    static final int MAX_LAYERS = 128;
    static final int MAX_COMPONENTS = 4;
    static final int MAX_BITS = 16;

    private static final long CODESTREAM_BOX = 0x6A703263L;
    private static final int SIZ = 0xFF51;
    private static final int COD = 0xFF52;
    private static final int SOT = 0xFF90;
    private static final int EOC = 0xFFD9;

    private final byte[] content;
    private long width;
    private long height;
    private long tilePixels;
    private int components;
    private int levels = -1;

    Jpeg2000HeaderReader(byte[] content) {
        this.content = content;
    }

    ImageHeader read() {
        ByteCursor cursor = new ByteCursor(content, ImageFormat.isBareCodestream(content) ? 0 : codestream());
        if (cursor.u16() != 0xFF4F) {
            throw ByteCursor.truncated();
        }
        int marker = cursor.u16();
        while (marker != SOT) {
            int start = cursor.position();
            int length = cursor.u16();
            if (length < 2) {
                throw ByteCursor.truncated();
            }
            if (marker == SIZ) {
                size(cursor);
            } else if (marker == COD) {
                coding(cursor);
            }
            cursor.seek((long) start + length);
            marker = cursor.u16();
        }
        if (width == 0 || levels < 0) {
            throw ByteCursor.truncated();
        }
        tileParts(cursor);
        return new ImageHeader(
                ImageFormat.JPEG2000,
                (int) Math.min(width, Integer.MAX_VALUE),
                (int) Math.min(height, Integer.MAX_VALUE),
                components,
                tilePixels,
                levels,
                false,
                false,
                ExifOrientation.UPRIGHT,
                content);
    }

    /// Follows the lengths of the tile parts to the end marker: the decoder itself would accept a truncated file.
    private void tileParts(ByteCursor cursor) {
        int marker = SOT;
        while (marker == SOT) {
            int start = cursor.position() - 2;
            cursor.skip(4);
            long length = cursor.u32();
            if (length == 0) {
                cursor.seek(content.length - 2L);
            } else if (length < 14) {
                throw ByteCursor.truncated();
            } else {
                cursor.seek(start + length);
            }
            marker = cursor.u16();
        }
        if (marker != EOC) {
            throw ByteCursor.truncated();
        }
    }

    private int codestream() {
        ByteCursor cursor = new ByteCursor(content, 0);
        while (!cursor.atEnd()) {
            int start = cursor.position();
            long length = cursor.u32();
            long type = cursor.u32();
            if (length == 1) {
                length = cursor.u32() << 32 | cursor.u32();
            }
            if (type == CODESTREAM_BOX) {
                return cursor.position();
            }
            if (length < 8) {
                break;
            }
            cursor.seek(Math.addExact(start, length));
        }
        throw ByteCursor.truncated();
    }

    private void size(ByteCursor cursor) {
        cursor.u16();
        long right = cursor.u32();
        long bottom = cursor.u32();
        long left = cursor.u32();
        long top = cursor.u32();
        long tileWidth = cursor.u32();
        long tileHeight = cursor.u32();
        long tileLeft = cursor.u32();
        long tileTop = cursor.u32();
        components = cursor.u16();
        width = right - left;
        height = bottom - top;
        boolean sane = width > 0 && height > 0 && tileWidth > 0 && tileHeight > 0;
        if (!sane || tileLeft > left || tileTop > top || components < 1 || components > MAX_COMPONENTS) {
            throw unsupported();
        }
        long across = Math.ceilDiv(right - tileLeft, tileWidth);
        long down = Math.ceilDiv(bottom - tileTop, tileHeight);
        if (across > MAX_TILES || down > MAX_TILES || across * down > MAX_TILES) {
            throw unsupported();
        }
        tilePixels = Math.min(width, tileWidth) * Math.min(height, tileHeight);
        depths(cursor);
    }

    private void depths(ByteCursor cursor) {
        for (int i = 0; i < components; i++) {
            int bits = (cursor.u8() & 0x7F) + 1;
            int stepX = cursor.u8();
            int stepY = cursor.u8();
            if (bits > MAX_BITS || stepX < 1 || stepX > 4 || stepY < 1 || stepY > 4) {
                throw unsupported();
            }
        }
    }

    private void coding(ByteCursor cursor) {
        cursor.u8();
        cursor.u8();
        int layers = cursor.u16();
        cursor.u8();
        levels = cursor.u8();
        if (layers > MAX_LAYERS || levels > MAX_LEVELS) {
            throw unsupported();
        }
    }

    private static ApiException unsupported() {
        return ApiException.badContent("This kind of JPEG 2000 is not supported");
    }
}
