package io.menso.inference.torch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Named tensors of a network, as `torch.save(model.state_dict())` wrote them before PyTorch 1.6.
public final class StateDict {

    private static final int MAX_BYTES = 256 * 1024 * 1024;
    private static final String PARALLEL = "module.";

    private final Map<String, Tensor> tensors;

    StateDict(Map<String, Tensor> tensors) {
        this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /// Numbers with a shape, row by row.
    static final class Tensor {

        private final long[] shape;
        private final float[] values;

        Tensor(long[] shape, float[] values) {
            this.shape = shape;
            this.values = values;
        }

        long[] shape() {
            return shape.clone();
        }

        /// The numbers themselves, not a copy.
        float[] values() {
            return values;
        }
    }

    /// Reads a file; nothing in it is executed.
    ///
    /// @throws TorchFormatException if it is not exactly a state dict
    public static StateDict read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TorchFormatException("the file is longer than " + MAX_BYTES + " bytes");
            }
            return parse(bytes);
        }
    }

    static StateDict parse(byte[] bytes) throws TorchFormatException {
        return new StateDict(new LegacyFile(bytes).read());
    }

    /// Names of the tensors, in the order of the file.
    public Set<String> names() {
        return tensors.keySet();
    }

    /// The same tensors without the prefix `module.` that parallel training leaves.
    StateDict withoutParallelPrefix() {
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        tensors.forEach((name, tensor) ->
                renamed.put(name.startsWith(PARALLEL) ? name.substring(PARALLEL.length()) : name, tensor));
        return new StateDict(renamed);
    }

    /// A tensor that must be there with just this shape.
    Tensor tensor(String name, long... shape) throws TorchFormatException {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new TorchFormatException("the weights lack " + name);
        }
        if (!Arrays.equals(tensor.shape, shape)) {
            throw new TorchFormatException(
                    name + " has the shape " + Arrays.toString(tensor.shape) + " instead of " + Arrays.toString(shape));
        }
        return tensor;
    }
}
