package io.menso.inference.torch;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The format of `torch.save` before PyTorch 1.6: five pickles (magic number, protocol, system, object, keys of the
/// storages), then for each key the number of elements and the elements.
final class LegacyFile {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;
    private static final int MAX_DEPTH = 8;

    private final ByteBuffer in;
    private final TorchGlobals globals = new TorchGlobals();
    private final Map<String, float[]> storages = new LinkedHashMap<>();
    private long budget;

    LegacyFile(byte[] bytes) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        // Each value takes 4 bytes in the file; tensors may share storages, but not without limit.
        budget = bytes.length / 2;
    }

    /// @return every tensor of the file by its name; tensors in nested dictionaries have names with dots
    Map<String, StateDict.Tensor> read() throws TorchFormatException {
        requireHeader();
        Object root = pickle();
        readStorages(pickle());
        if (in.hasRemaining()) {
            throw new TorchFormatException("the file goes on behind its last storage");
        }
        Map<String, StateDict.Tensor> tensors = new LinkedHashMap<>();
        collect("", root, tensors, 0);
        return tensors;
    }

    private void requireHeader() throws TorchFormatException {
        if (!MAGIC.equals(pickle())) {
            throw new TorchFormatException("the file does not start like one of torch.save before PyTorch 1.6");
        }
        if (!Objects.equals(pickle(), PROTOCOL)) {
            throw new TorchFormatException("the file has another protocol than " + PROTOCOL);
        }
        if (!(pickle() instanceof Map<?, ?> system) || !Objects.equals(system.get("little_endian"), true)) {
            throw new TorchFormatException("the file was not written by a little-endian machine");
        }
    }

    private Object pickle() throws TorchFormatException {
        return new PickleReader(in, globals).read();
    }

    private void readStorages(Object keys) throws TorchFormatException {
        if (!(keys instanceof List<?> list)) {
            throw new TorchFormatException("the file does not list its storages");
        }
        try {
            for (Object key : list) {
                TorchGlobals.Storage storage = globals.storage(key);
                if (storages.put(storage.key(), values(storage)) != null) {
                    throw new TorchFormatException("the file has storage " + key + " twice");
                }
            }
        } catch (BufferUnderflowException e) {
            throw new TorchFormatException("the file ends in the middle of a storage");
        }
    }

    private float[] values(TorchGlobals.Storage storage) throws TorchFormatException {
        long count = in.getLong();
        int size = storage.type().bytes();
        if (count != storage.elements() || count < 0 || count > in.remaining() / size) {
            throw new TorchFormatException("storage " + storage.key() + " has " + count + " elements, expected "
                    + storage.elements() + " in " + in.remaining() + " bytes");
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = storage.type() == TorchGlobals.Type.FLOAT ? in.getFloat() : in.getLong();
        }
        return values;
    }

    private void collect(String name, Object object, Map<String, StateDict.Tensor> target, int depth)
            throws TorchFormatException {
        if (depth > MAX_DEPTH) {
            throw new TorchFormatException("the state dict is nested too deeply");
        }
        switch (object) {
            case TorchGlobals.View view -> target.put(name, tensor(name, view));
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    String child = String.valueOf(entry.getKey());
                    collect(
                            name.isEmpty() ? child : name + "." + child,
                            Objects.requireNonNull(entry.getValue()),
                            target,
                            depth + 1);
                }
            }
            default ->
                throw new TorchFormatException(
                        (name.isEmpty() ? "the file" : name) + " holds something else than tensors");
        }
    }

    private StateDict.Tensor tensor(String name, TorchGlobals.View view) throws TorchFormatException {
        float[] storage = storages.get(view.storage().key());
        if (storage == null) {
            throw new TorchFormatException(name + " has no storage");
        }
        long elements = view.elements(name);
        budget -= elements;
        if (elements > storage.length - view.offset() || budget < 0) {
            throw new TorchFormatException(name + " is larger than what is stored");
        }
        float[] values = new float[(int) elements];
        System.arraycopy(storage, (int) view.offset(), values, 0, values.length);
        return new StateDict.Tensor(view.shape(), values);
    }
}
