package io.menso.inference.image;

import io.menso.commons.web.ApiException;

/// Big-endian reading from a byte array, where running past the end means a truncated picture.
final class ByteCursor {

    private final byte[] content;
    private int position;

    ByteCursor(byte[] content, int position) {
        this.content = content;
        this.position = position;
    }

    int position() {
        return position;
    }

    boolean atEnd() {
        return position >= content.length;
    }

    void seek(long target) {
        if (target < 0 || target > content.length) {
            throw truncated();
        }
        position = (int) target;
    }

    void skip(long count) {
        seek(position + count);
    }

    int u8() {
        if (position >= content.length) {
            throw truncated();
        }
        return content[position++] & 0xFF;
    }

    int u16() {
        return u8() << 8 | u8();
    }

    long u32() {
        return (long) u16() << 16 | u16();
    }

    boolean startsWith(int offset, String ascii) {
        if (offset < 0 || offset + ascii.length() > content.length) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (content[offset + i] != (byte) ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static ApiException truncated() {
        return ApiException.badContent("The image is truncated or damaged");
    }
}
