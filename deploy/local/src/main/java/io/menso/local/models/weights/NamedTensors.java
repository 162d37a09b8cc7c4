package io.menso.local.models.weights;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// The tensors of a network. Whoever builds the network asks for each by name and shape, and at the end whether
/// any was left over: then the weights belong to another network.
public final class NamedTensors {

    private final Map<String, Tensor> tensors;
    private final Set<String> taken = new HashSet<>();

    public NamedTensors(Map<String, Tensor> tensors) {
        this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /// Names of the tensors, in the order of the file.
    public Set<String> names() {
        return tensors.keySet();
    }

    /// The same tensors; names that start with the prefix lose it.
    public NamedTensors withoutPrefix(String prefix) {
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        tensors.forEach((name, tensor) ->
                renamed.put(name.startsWith(prefix) ? name.substring(prefix.length()) : name, tensor));
        return new NamedTensors(renamed);
    }

    /// A tensor that must be there with just this shape.
    ///
    /// @throws WeightsException if it is absent or has another shape
    public Tensor take(String name, int... shape) throws WeightsException {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new WeightsException("the weights lack " + name);
        }
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw new WeightsException(name + " has the shape " + Arrays.toString(tensor.shape()) + " instead of "
                    + Arrays.toString(shape));
        }
        taken.add(name);
        return tensor;
    }

    /// @param ignored names that a network does not need
    /// @throws WeightsException if a tensor was never taken
    public void requireAllTaken(Predicate<String> ignored) throws WeightsException {
        for (String name : tensors.keySet()) {
            if (!taken.contains(name) && !ignored.test(name)) {
                throw new WeightsException("the weights have " + name + ", which this network does not");
            }
        }
    }
}
