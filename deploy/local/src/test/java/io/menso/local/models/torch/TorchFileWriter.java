package io.menso.local.models.torch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Writes files as `torch.save` did before PyTorch 1.6, piece by piece, so that tests can get any piece wrong.
final class TorchFileWriter {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// A whole file with two tensors: `a` of shape [2, 3] holding 1 to 6, and `b.count`, one LONG of 7.
    static byte[] valid() {
        return new TorchFileWriter()
                .header()
                .protocol()
                .global("collections.OrderedDict")
                .op(")R(")
                .text("a")
                .floatTensor("0", 6, 0, new int[] {2, 3}, new int[] {3, 1})
                .text("b.count")
                .global("torch._utils._rebuild_tensor_v2")
                .op("((")
                .storage("torch.LongStorage", "1", 1)
                .op("tQK\0))\u0089")
                .global("collections.OrderedDict")
                .op(")RtRu.")
                .keys("0", "1")
                .floats(1, 2, 3, 4, 5, 6)
                .longs(7)
                .bytes();
    }

    TorchFileWriter header() {
        protocol();
        byte[] magic = MAGIC.toByteArray();
        op("\u008a").raw(magic.length);
        for (int i = magic.length - 1; i >= 0; i--) {
            raw(magic[i]);
        }
        op(".").protocol().op("M").raw(1001 & 0xff).raw(1001 >> 8).op(".");
        return protocol().op("}").text("little_endian").op("\u0088s.");
    }

    TorchFileWriter protocol() {
        return raw(0x80).raw(2);
    }

    /// Opcodes, one a character.
    TorchFileWriter op(String opcodes) {
        opcodes.chars().forEach(out::write);
        return this;
    }

    TorchFileWriter raw(int value) {
        out.write(value);
        return this;
    }

    TorchFileWriter int32(int value) {
        out.writeBytes(little(4).putInt(value).array());
        return this;
    }

    TorchFileWriter text(String text) {
        op("X").int32(text.getBytes(UTF_8).length);
        out.writeBytes(text.getBytes(UTF_8));
        return this;
    }

    TorchFileWriter number(int value) {
        return op("J").int32(value);
    }

    TorchFileWriter global(String name) {
        int dot = name.lastIndexOf('.');
        return op("c" + name.substring(0, dot) + "\n" + name.substring(dot + 1) + "\n");
    }

    /// The parts of a storage's id; `(` stands before and `tQ` behind.
    TorchFileWriter storage(String type, String key, int elements) {
        return text("storage")
                .global(type)
                .text(key)
                .text("cpu")
                .number(elements)
                .op("N");
    }

    TorchFileWriter floatTensor(String key, int elements, int offset, int[] shape, int[] stride) {
        global("torch._utils._rebuild_tensor_v2").op("((").storage("torch.FloatStorage", key, elements);
        return op("tQ").number(offset).numbers(shape).numbers(stride).op("\u0089tR");
    }

    TorchFileWriter numbers(int... values) {
        op("(");
        for (int value : values) {
            number(value);
        }
        return op("t");
    }

    TorchFileWriter keys(String... keys) {
        protocol().op("](");
        for (String key : keys) {
            text(key);
        }
        return op("e.");
    }

    TorchFileWriter floats(float... values) {
        ByteBuffer buffer = little(8 + 4 * values.length).putLong(values.length);
        for (float value : values) {
            buffer.putFloat(value);
        }
        out.writeBytes(buffer.array());
        return this;
    }

    TorchFileWriter longs(long... values) {
        ByteBuffer buffer = little(8 + 8 * values.length).putLong(values.length);
        for (long value : values) {
            buffer.putLong(value);
        }
        out.writeBytes(buffer.array());
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
