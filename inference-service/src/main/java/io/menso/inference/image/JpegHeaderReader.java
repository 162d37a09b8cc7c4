package io.menso.inference.image;

import io.menso.commons.web.ApiException;
import java.io.ByteArrayOutputStream;

/// Walks the markers of a JPEG file (ITU T.81): size, kind and number of scans, orientation.
///
/// Application segments other than JFIF and Adobe are left out of what is decoded: EXIF thumbnails, colour profiles
/// and comments are not needed, and a damaged one must not spoil a good picture (decision B12).
final class JpegHeaderReader {

    /// Scans of a progressive file; real ones have about ten, a bomb thousands.
    static final int MAX_SCANS = 100;

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int COMMENT = 0xFE;

    private final byte[] content;
    private final ByteCursor cursor;
    private final ByteArrayOutputStream kept;
    private int frame = -1;
    private int width;
    private int height;
    private int components;
    private int scans;
    private int adobeTransform = -1;
    private int orientation = ExifOrientation.UPRIGHT;

    JpegHeaderReader(byte[] content) {
        this.content = content;
        this.cursor = new ByteCursor(content, 2);
        this.kept = new ByteArrayOutputStream(content.length);
        kept.write(0xFF);
        kept.write(SOI);
    }

    ImageHeader read() {
        int marker = nextMarker();
        while (marker != EOI) {
            segment(marker);
            marker = nextMarker();
        }
        kept.write(0xFF);
        kept.write(EOI);
        if (frame < 0 || scans == 0) {
            throw ByteCursor.truncated();
        }
        boolean progressive = frame == 2;
        long coefficients = progressive ? 2L * width * height * components : 0;
        return new ImageHeader(
                ImageFormat.JPEG,
                width,
                height,
                components,
                coefficients,
                0,
                adobeTransform >= 0,
                adobeTransform == 2,
                orientation,
                kept.toByteArray());
    }

    private int nextMarker() {
        int value = cursor.u8();
        if (value != 0xFF) {
            throw ByteCursor.truncated();
        }
        while (value == 0xFF) {
            value = cursor.u8();
        }
        return value;
    }

    private void segment(int marker) {
        if (marker == 0x01 || marker >= 0xD0 && marker <= 0xD7) {
            return;
        }
        int start = cursor.position();
        int length = cursor.u16();
        if (length < 2 || start + length > content.length) {
            throw ByteCursor.truncated();
        }
        if (marker == APP1) {
            exif(start + 2, length - 2);
        } else if (marker == APP14 && length >= 14 && cursor.startsWith(start + 2, "Adobe")) {
            adobeTransform = content[start + 13] & 0xFF;
        } else if (isFrame(marker)) {
            frame(marker);
        }
        if (isKept(marker, start)) {
            kept.write(0xFF);
            kept.write(marker);
            kept.write(content, start, length);
        }
        cursor.seek(start + length);
        if (marker == SOS) {
            scan();
        }
    }

    private void exif(int start, int length) {
        if (length > 6 && orientation == ExifOrientation.UPRIGHT && cursor.startsWith(start, "Exif\0\0")) {
            orientation = ExifOrientation.read(content, start + 6, length - 6);
        }
    }

    private boolean isKept(int marker, int start) {
        return switch (marker) {
            case APP0 -> cursor.startsWith(start + 2, "JFIF\0");
            case APP14 -> cursor.startsWith(start + 2, "Adobe");
            case COMMENT -> false;
            default -> marker < APP0 || marker > 0xEF;
        };
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private void frame(int marker) {
        int kind = marker - 0xC0;
        if (frame >= 0 || kind > 2 || cursor.u8() != 8) {
            throw ApiException.badContent("This kind of JPEG is not supported");
        }
        frame = kind;
        height = cursor.u16();
        width = cursor.u16();
        components = cursor.u8();
        if (components != 1 && components != 3 && components != 4) {
            throw ApiException.badContent("This kind of JPEG is not supported");
        }
        for (int i = 0; i < components; i++) {
            cursor.u8();
            int sampling = cursor.u8();
            if ((sampling >> 4) < 1 || (sampling >> 4) > 4 || (sampling & 15) < 1 || (sampling & 15) > 4) {
                throw ByteCursor.truncated();
            }
            cursor.u8();
        }
    }

    /// Copies entropy-coded data up to the next marker that is neither stuffing nor a restart.
    private void scan() {
        scans++;
        if (frame < 0 || scans > MAX_SCANS) {
            throw ApiException.badContent("The JPEG has no frame before its data, or too many scans");
        }
        int start = cursor.position();
        int at = start;
        while (true) {
            if (at + 1 >= content.length) {
                throw ByteCursor.truncated();
            }
            if (content[at] == (byte) 0xFF) {
                int next = content[at + 1] & 0xFF;
                if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
                    break;
                }
            }
            at++;
        }
        kept.write(content, start, at - start);
        cursor.seek(at);
    }
}
