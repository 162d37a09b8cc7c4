package io.menso.matching;

import io.menso.matching.remote.EncodedEmbedding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Map;
import java.util.Random;

/// Vectors of unit length for tests.
public final class Vectors {

    public static final int DIMENSION = 16;

    private Vectors() {}

    /// A random direction.
    public static float[] random(Random random, int dimension) {
        double[] numbers = random.doubles(dimension, -1, 1).toArray();
        return unit(numbers);
    }

    /// A vector whose cosine to the first axis is as given; `axis` (1 to 15) takes the rest.
    public static float[] at(double cosine, int axis) {
        double[] numbers = new double[DIMENSION];
        numbers[0] = cosine;
        numbers[axis] = Math.sqrt(1 - cosine * cosine);
        return unit(numbers);
    }

    public static float[] unit(double[] numbers) {
        double squares = 0;
        for (double number : numbers) {
            squares += number * number;
        }
        float[] vector = new float[numbers.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (numbers[i] / Math.sqrt(squares));
        }
        return vector;
    }

    public static byte[] bytes(float[] vector) {
        ByteBuffer buffer = ByteBuffer.allocate(vector.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector);
        return buffer.array();
    }

    public static String base64(float[] vector) {
        return Base64.getEncoder().encodeToString(bytes(vector));
    }

    public static EncodedEmbedding encoded(String revision, float[] vector) {
        return new EncodedEmbedding(revision, base64(vector));
    }

    /// The JSON object.
    public static Map<String, Object> embedding(String revision, float[] vector) {
        return Map.of("revision", revision, "vector", base64(vector));
    }
}
