package io.menso.inference.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/// A face as a vector of unit length. Its text form never shows the numbers.
public final class Template {

    private final float[] vector;

    private Template(float[] vector) {
        this.vector = vector;
    }

    /// Brings any vector but zero to unit length.
    ///
    /// @throws IllegalArgumentException for a vector of zeros, or with a number that is not finite
    public static Template normalised(float[] vector) {
        double square = 0;
        for (float value : vector) {
            square += (double) value * value;
        }
        if (!(square > 0) || !Double.isFinite(square)) {
            throw new IllegalArgumentException("this vector has no direction");
        }
        double length = Math.sqrt(square);
        float[] unit = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return new Template(unit);
    }

    /// The normalised mean of one or more templates.
    public static Template mean(List<Template> templates) {
        float[] sum = new float[templates.getFirst().dimension()];
        for (Template template : templates) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += template.vector[i];
            }
        }
        return normalised(sum);
    }

    public int dimension() {
        return vector.length;
    }

    /// A copy of the numbers.
    public float[] vector() {
        return vector.clone();
    }

    /// Likeness, -1 to 1.
    public double cosine(Template other) {
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += (double) vector[i] * other.vector[i];
        }
        return sum;
    }

    /// The numbers as float32 little-endian in Base64.
    public String base64() {
        ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    @Override
    public String toString() {
        return "Template[" + vector.length + "]";
    }
}
