package io.menso.local.models.weights;

import java.util.Arrays;

/// Numbers with a shape, row by row (the last dimension runs fastest). A tensor without dimensions holds one
/// number.
public final class Tensor {

    private final int[] shape;
    private final float[] values;

    /// @param values as many as the shape says, kept and not copied
    public Tensor(int[] shape, float[] values) {
        this.shape = shape.clone();
        this.values = values;
        if (count(shape) != values.length) {
            throw new IllegalArgumentException(Arrays.toString(shape) + " with " + values.length + " numbers");
        }
    }

    /// A vector.
    public static Tensor of(float[] values) {
        return new Tensor(new int[] {values.length}, values);
    }

    /// How many numbers a shape holds; at most 2^31 - 1, beyond that it stays there.
    public static int count(int... shape) {
        long count = 1;
        for (int side : shape) {
            count = Math.min(count * side, Integer.MAX_VALUE);
        }
        return (int) count;
    }

    public int[] shape() {
        return shape.clone();
    }

    /// The numbers themselves, not a copy.
    public float[] values() {
        return values;
    }

    /// The same numbers with their dimensions in another order: dimension `i` of the result is `order[i]` of this
    /// one.
    public Tensor permuted(int... order) {
        int[] target = Arrays.stream(order).map(i -> shape[i]).toArray();
        int[] steps = Arrays.stream(order).map(this::step).toArray();
        float[] moved = new float[values.length];
        int[] at = new int[order.length];
        for (int i = 0; i < moved.length; i++) {
            int from = 0;
            for (int d = 0; d < at.length; d++) {
                from += at[d] * steps[d];
            }
            moved[i] = values[from];
            for (int d = at.length - 1; d >= 0 && ++at[d] == target[d]; d--) {
                at[d] = 0;
            }
        }
        return new Tensor(target, moved);
    }

    private int step(int dimension) {
        return count(Arrays.copyOfRange(shape, dimension + 1, shape.length));
    }
}
