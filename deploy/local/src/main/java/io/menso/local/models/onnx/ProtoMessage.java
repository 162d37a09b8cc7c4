package io.menso.local.models.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A message in the wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding): each field
/// is its number with a type, then a number of variable length or a length and that many bytes. Fields stay in the
/// order in which they were added, so the same calls always give the same bytes.
final class ProtoMessage {

    private static final int VARINT = 0;
    private static final int LENGTH = 2;
    private static final int SEVEN_BITS = 0x7f;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ProtoMessage number(int field, long value) {
        varint((long) field << 3 | VARINT);
        varint(value);
        return this;
    }

    ProtoMessage text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    ProtoMessage message(int field, ProtoMessage message) {
        return bytes(field, message.toByteArray());
    }

    ProtoMessage bytes(int field, byte[] bytes) {
        varint((long) field << 3 | LENGTH);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    private void varint(long value) {
        long rest = value;
        while ((rest & ~SEVEN_BITS) != 0) {
            out.write((int) (rest & SEVEN_BITS | ~SEVEN_BITS));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
