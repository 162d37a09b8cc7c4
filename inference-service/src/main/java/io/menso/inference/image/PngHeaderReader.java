package io.menso.inference.image;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;

/// Walks the chunks of a PNG file (ISO/IEC 15948) and keeps the critical ones and the palette's transparency.
///
/// Compressed text, colour profiles and everything else ancillary is never inflated, so it cannot be a bomb.
final class PngHeaderReader {

    private static final int MAX_CHUNKS = 200_000;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504C5445;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int TRNS = 0x74524E53;
    private static final int EXIF = 0x65584966;

    private final byte[] content;
    private final ByteCursor cursor;
    private final ByteArrayOutputStream kept;
    private int width;
    private int height;
    private int bits;
    private int colour;
    private boolean data;
    private int orientation = ExifOrientation.UPRIGHT;

    PngHeaderReader(byte[] content) {
        this.content = content;
        this.cursor = new ByteCursor(content, 8);
        this.kept = new ByteArrayOutputStream(content.length);
        kept.write(content, 0, 8);
    }

    ImageHeader read() {
        int type = chunk();
        if (type != IHDR) {
            throw ByteCursor.truncated();
        }
        for (int i = 0; type != IEND; i++) {
            if (i > MAX_CHUNKS) {
                throw ByteCursor.truncated();
            }
            type = chunk();
        }
        if (!data) {
            throw ByteCursor.truncated();
        }
        int components = (colour & 2) == 0 || colour == 3 ? 1 : 3;
        components += (colour & 4) == 0 ? 0 : 1;
        long deepBytes = bits == 16 ? components : 0;
        return new ImageHeader(
                ImageFormat.PNG,
                width,
                height,
                components,
                deepBytes * width * 4,
                0,
                false,
                false,
                orientation,
                kept.toByteArray());
    }

    private int chunk() {
        int start = cursor.position();
        long length = cursor.u32();
        int type = (int) cursor.u32();
        int body = cursor.position();
        cursor.skip(length + 4);
        boolean critical = type == IHDR || type == PLTE || type == IDAT || type == IEND;
        if (critical || type == TRNS) {
            verify(body, (int) length);
            kept.write(content, start, (int) length + 12);
        }
        if (type == IHDR) {
            header(body, length);
        } else if (type == EXIF) {
            orientation = ExifOrientation.read(content, body, (int) length);
        }
        data |= type == IDAT;
        return type;
    }

    /// The JDK's reader ignores checksums; a damaged picture must not pass as a good one.
    private void verify(int body, int length) {
        CRC32 crc = new CRC32();
        crc.update(content, body - 4, length + 4);
        if (new ByteCursor(content, body + length).u32() != crc.getValue()) {
            throw ByteCursor.truncated();
        }
    }

    private void header(int body, long length) {
        if (length != 13 || width != 0) {
            throw ByteCursor.truncated();
        }
        ByteCursor fields = new ByteCursor(content, body);
        width = (int) Math.min(fields.u32(), Integer.MAX_VALUE);
        height = (int) Math.min(fields.u32(), Integer.MAX_VALUE);
        bits = fields.u8();
        colour = fields.u8();
    }
}
