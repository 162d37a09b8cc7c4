package io.menso.local.models.torch;

import io.menso.local.models.weights.NamedTensors;
import io.menso.local.models.weights.Tensor;
import io.menso.local.models.weights.WeightsException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The format of `torch.save` before PyTorch 1.6: five pickles (magic number, protocol, system, object, keys of
/// the storages), then for each key the number of elements and the elements.
final class LegacyFile {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;
    private static final int MAX_DEPTH = 8;

    private final ByteBuffer in;
    private final TorchGlobals globals = new TorchGlobals();
    private final Map<String, float[]> storages = new LinkedHashMap<>();
    private long budget;

    private LegacyFile(byte[] bytes) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        // Each value takes 4 bytes in the file; tensors may share storages, but not without limit.
        budget = bytes.length / 2;
    }

    /// Reads a state dict; nothing in it is executed, and no more memory is taken than a few times its length.
    ///
    /// @return every tensor of the file by its name; tensors in nested dictionaries have names with dots
    /// @throws WeightsException if it is not exactly a state dict
    static NamedTensors read(byte[] bytes) throws WeightsException {
        return new NamedTensors(new LegacyFile(bytes).read());
    }

    private Map<String, Tensor> read() throws WeightsException {
        requireHeader();
        Object root = pickle();
        readStorages(pickle());
        if (in.hasRemaining()) {
            throw new WeightsException("the file goes on behind its last storage");
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        collect("", root, tensors, 0);
        return tensors;
    }

    private void requireHeader() throws WeightsException {
        if (!MAGIC.equals(pickle())) {
            throw new WeightsException("the file does not start like one of torch.save before PyTorch 1.6");
        }
        if (!Objects.equals(pickle(), PROTOCOL)) {
            throw new WeightsException("the file has another protocol than " + PROTOCOL);
        }
        if (!(pickle() instanceof Map<?, ?> system) || !Objects.equals(system.get("little_endian"), true)) {
            throw new WeightsException("the file was not written by a little-endian machine");
        }
    }

    private Object pickle() throws WeightsException {
        return new PickleReader(in, globals).read();
    }

    private void readStorages(Object keys) throws WeightsException {
        if (!(keys instanceof List<?> list)) {
            throw new WeightsException("the file does not list its storages");
        }
        try {
            for (Object key : list) {
                TorchGlobals.Storage storage = globals.storage(key);
                if (storages.put(storage.key(), values(storage)) != null) {
                    throw new WeightsException("the file has storage " + key + " twice");
                }
            }
        } catch (BufferUnderflowException e) {
            throw new WeightsException("the file ends in the middle of a storage");
        }
    }

    private float[] values(TorchGlobals.Storage storage) throws WeightsException {
        long count = in.getLong();
        int size = storage.type().bytes();
        if (count != storage.elements() || count < 0 || count > in.remaining() / size) {
            throw new WeightsException("storage " + storage.key() + " has " + count + " elements, expected "
                    + storage.elements() + " in " + in.remaining() + " bytes");
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = storage.type() == TorchGlobals.Type.FLOAT ? in.getFloat() : in.getLong();
        }
        return values;
    }

    private void collect(String name, Object object, Map<String, Tensor> target, int depth) throws WeightsException {
        if (depth > MAX_DEPTH) {
            throw new WeightsException("the state dict is nested too deeply");
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
                throw new WeightsException((name.isEmpty() ? "the file" : name) + " holds something else than tensors");
        }
    }

    private Tensor tensor(String name, TorchGlobals.View view) throws WeightsException {
        float[] storage = storages.get(view.storage().key());
        if (storage == null) {
            throw new WeightsException(name + " has no storage");
        }
        long elements = view.elements(name);
        budget -= elements;
        if (elements > storage.length - view.offset() || budget < 0) {
            throw new WeightsException(name + " is larger than what is stored");
        }
        float[] values = new float[(int) elements];
        System.arraycopy(storage, (int) view.offset(), values, 0, values.length);
        return new Tensor(view.shape(), values);
    }
}
