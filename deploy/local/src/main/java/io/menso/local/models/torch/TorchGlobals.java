package io.menso.local.models.torch;

import io.menso.local.models.weights.WeightsException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The names that a state dict may use: tensors, their storages and the ordered dictionary around them.
final class TorchGlobals implements PickleReader.Globals {

    private static final int MAX_DIMENSIONS = 8;

    /// Kinds of elements that are read.
    enum Type {
        FLOAT(Float.BYTES),
        LONG(Long.BYTES);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }
    }

    private enum Function {
        ORDERED_DICT,
        REBUILD_TENSOR,
        REBUILD_PARAMETER
    }

    /// Elements that lie behind the pickles under a key.
    record Storage(String key, Type type, long elements) {}

    /// A tensor: a part of a storage with a shape.
    static final class View {

        private final Storage storage;
        private final long offset;
        private final long[] shape;
        private final long[] stride;

        View(Storage storage, long offset, long[] shape, long[] stride) {
            this.storage = storage;
            this.offset = offset;
            this.shape = shape;
            this.stride = stride;
        }

        Storage storage() {
            return storage;
        }

        long offset() {
            return offset;
        }

        int[] shape() {
            return Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
        }

        /// Number of elements, once it is certain that they lie row by row without gaps.
        long elements(String name) throws WeightsException {
            long elements = 1;
            for (int i = shape.length - 1; i >= 0; i--) {
                if (shape[i] < 0 || shape[i] > Integer.MAX_VALUE || shape[i] > 1 && stride[i] != elements) {
                    throw new WeightsException(name + " does not lie row by row");
                }
                elements *= shape[i];
                if (elements > Integer.MAX_VALUE) {
                    throw new WeightsException(name + " is too large");
                }
            }
            return elements;
        }
    }

    private final Map<String, Storage> storages = new HashMap<>();

    @Override
    public Object named(String name) throws WeightsException {
        return switch (name) {
            case "collections.OrderedDict" -> Function.ORDERED_DICT;
            case "torch._utils._rebuild_tensor_v2" -> Function.REBUILD_TENSOR;
            case "torch._utils._rebuild_parameter" -> Function.REBUILD_PARAMETER;
            case "torch.FloatStorage" -> Type.FLOAT;
            case "torch.LongStorage" -> Type.LONG;
            default -> throw new WeightsException("the pickle names " + name + ", which is not allowed");
        };
    }

    @Override
    public Object call(Object callee, List<?> arguments) throws WeightsException {
        if (!(callee instanceof Function function)) {
            throw new WeightsException("the pickle calls what is no function");
        }
        return switch (function) {
            case ORDERED_DICT -> orderedDict(arguments);
            case REBUILD_TENSOR -> view(arguments);
            case REBUILD_PARAMETER -> argument(arguments, 0, View.class);
        };
    }

    /// A storage: `("storage", type, key, device, elements, view)`; the device does not matter here.
    @Override
    public Object persistent(Object id) throws WeightsException {
        if (!(id instanceof List<?> parts) || !"storage".equals(argument(parts, 0, String.class))) {
            throw new WeightsException("the pickle refers to something else than a storage");
        }
        Storage storage = new Storage(
                argument(parts, 2, String.class), argument(parts, 1, Type.class), argument(parts, 4, Long.class));
        Storage known = storages.putIfAbsent(storage.key(), storage);
        if (known != null && !known.equals(storage)) {
            throw new WeightsException("the pickle describes storage " + storage.key() + " in two ways");
        }
        return storage;
    }

    /// The storage of a key in the list of storages.
    Storage storage(Object key) throws WeightsException {
        Storage storage = key instanceof String text ? storages.get(text) : null;
        if (storage == null) {
            throw new WeightsException("the file has a storage that nothing uses");
        }
        return storage;
    }

    private static Object orderedDict(List<?> arguments) throws WeightsException {
        boolean empty = arguments.isEmpty() || arguments.size() == 1 && arguments.equals(List.of(List.of()));
        if (!empty) {
            throw new WeightsException("the pickle makes an ordered dictionary from something");
        }
        return new LinkedHashMap<>();
    }

    private static View view(List<?> arguments) throws WeightsException {
        long offset = argument(arguments, 1, Long.class);
        long[] shape = numbers(argument(arguments, 2, List.class));
        long[] stride = numbers(argument(arguments, 3, List.class));
        if (offset < 0 || shape.length != stride.length || shape.length > MAX_DIMENSIONS) {
            throw new WeightsException("the pickle has a tensor of impossible shape");
        }
        return new View(argument(arguments, 0, Storage.class), offset, shape, stride);
    }

    private static long[] numbers(List<?> list) throws WeightsException {
        long[] numbers = new long[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = argument(list, i, Long.class);
        }
        return numbers;
    }

    private static <T> T argument(List<?> arguments, int index, Class<T> type) throws WeightsException {
        if (index >= arguments.size() || !type.isInstance(arguments.get(index))) {
            throw new WeightsException("the pickle lacks a " + type.getSimpleName() + " where one belongs");
        }
        return type.cast(arguments.get(index));
    }
}
