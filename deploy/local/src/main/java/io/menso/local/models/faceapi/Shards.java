package io.menso.local.models.faceapi;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.menso.local.models.weights.NamedTensors;
import io.menso.local.models.weights.Tensor;
import io.menso.local.models.weights.WeightsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/// Weights of TensorFlow.js: a manifest (JSON) that names tensors, and a file with their numbers end to end, as
/// float32 little-endian or quantised to bytes: `value = byte * scale + min`.
///
/// No tensor is made before the bytes for it are known to be there, so a manifest cannot ask for much memory.
final class Shards {

    private static final int MAX_MANIFEST = 1 << 20;
    private static final int MAX_DIMENSIONS = 4;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ByteBuffer numbers;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private Shards(byte[] numbers) {
        this.numbers = ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// @throws WeightsException if the manifest and the numbers are not exactly such a pair
    static NamedTensors read(byte[] manifest, byte[] numbers) throws WeightsException {
        Shards shards = new Shards(numbers);
        for (JsonNode group : parse(manifest)) {
            for (JsonNode entry : array(group, "weights")) {
                shards.add(entry);
            }
        }
        if (shards.numbers.hasRemaining()) {
            throw new WeightsException(
                    shards.numbers.remaining() + " bytes stand behind the last tensor of the manifest");
        }
        return new NamedTensors(shards.tensors);
    }

    private static JsonNode parse(byte[] manifest) throws WeightsException {
        if (manifest.length > MAX_MANIFEST) {
            throw new WeightsException("the manifest is longer than " + MAX_MANIFEST + " bytes");
        }
        try {
            JsonNode groups = JSON.readTree(manifest);
            if (groups.isArray()) {
                return groups;
            }
        } catch (IOException e) {
            throw new WeightsException("the manifest is no JSON", e);
        }
        throw new WeightsException("the manifest is no list");
    }

    private void add(JsonNode entry) throws WeightsException {
        String name = text(entry, "name");
        if (!text(entry, "dtype").equals("float32")) {
            throw new WeightsException(name + " has other numbers than float32");
        }
        int[] shape = shape(name, entry);
        int count = Tensor.count(shape);
        JsonNode quantisation = entry.path("quantization");
        int size = quantisation.isMissingNode() ? Float.BYTES : Byte.BYTES;
        if (count > numbers.remaining() / size) {
            throw new WeightsException(
                    name + " needs " + count + " numbers, but " + numbers.remaining() + " bytes are left");
        }
        float[] values = quantisation.isMissingNode() ? floats(count) : bytes(name, count, quantisation);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new WeightsException(name + " holds what is no number");
            }
        }
        if (tensors.put(name, new Tensor(shape, values)) != null) {
            throw new WeightsException("the manifest names " + name + " twice");
        }
    }

    private static int[] shape(String name, JsonNode entry) throws WeightsException {
        JsonNode sides = array(entry, "shape");
        int[] shape = new int[sides.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = sides.get(i).isInt() ? sides.get(i).intValue() : 0;
            if (shape.length > MAX_DIMENSIONS || shape[i] < 1) {
                throw new WeightsException(name + " has the impossible shape " + sides);
            }
        }
        return shape;
    }

    private float[] floats(int count) {
        float[] values = new float[count];
        numbers.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        numbers.position(numbers.position() + count * Float.BYTES);
        return values;
    }

    private float[] bytes(String name, int count, JsonNode quantisation) throws WeightsException {
        JsonNode scale = quantisation.path("scale");
        JsonNode min = quantisation.path("min");
        if (!text(quantisation, "dtype").equals("uint8") || !scale.isNumber() || !min.isNumber()) {
            throw new WeightsException(name + " is quantised in an unknown way");
        }
        float[] table = new float[1 << Byte.SIZE];
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) (i * scale.doubleValue() + min.doubleValue());
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = table[Byte.toUnsignedInt(numbers.get())];
        }
        return values;
    }

    private static JsonNode array(JsonNode node, String member) throws WeightsException {
        JsonNode array = node.path(member);
        if (!array.isArray()) {
            throw new WeightsException("the manifest lacks the list " + member);
        }
        return array;
    }

    private static String text(JsonNode node, String member) throws WeightsException {
        JsonNode text = node.path(member);
        if (!text.isTextual()) {
            throw new WeightsException("the manifest lacks " + member);
        }
        return text.textValue();
    }
}
