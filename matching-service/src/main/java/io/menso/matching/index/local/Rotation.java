package io.menso.matching.index.local;

import java.util.SplittableRandom;

/// A random rotation, uniform over all of them (Haar): the orthonormal basis that Gram and Schmidt make of normally
/// distributed vectors (Stewart, SIAM J. Numer. Anal. 17, 1980).
///
/// Nothing less will do, such as random signs and a Hadamard transform: the concentration bound of [Codec] is a
/// statement about uniform rotations. The seed stays secret, so that nobody can choose a vector that rotates badly.
final class Rotation {

    private final int size;
    private final float[] rows;

    /// @param size numbers in a vector
    Rotation(int size, long seed) {
        this.size = size;
        this.rows = new float[size * size];
        double[][] basis = basis(size, new SplittableRandom(seed));
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                rows[i * size + j] = (float) basis[i][j];
            }
        }
    }

    int size() {
        return size;
    }

    /// @param vector at most `size` numbers; the rest counts as 0
    float[] apply(float[] vector, Kernel kernel) {
        float[] padded = vector.length == size ? vector : java.util.Arrays.copyOf(vector, size);
        float[] rotated = new float[size];
        kernel.multiply(rows, padded, rotated);
        return rotated;
    }

    private static double[][] basis(int size, SplittableRandom random) {
        double[][] basis = new double[size][];
        for (int i = 0; i < size; i++) {
            double[] row = random.doubles(size).map(_ -> random.nextGaussian()).toArray();
            normalize(row);
            // Twice is enough to be orthogonal to machine precision (Giraud et al., 2005).
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < i; j++) {
                    subtract(row, basis[j]);
                }
                normalize(row);
            }
            basis[i] = row;
        }
        return basis;
    }

    private static void subtract(double[] row, double[] other) {
        double dot = 0;
        for (int i = 0; i < row.length; i++) {
            dot += row[i] * other[i];
        }
        for (int i = 0; i < row.length; i++) {
            row[i] -= dot * other[i];
        }
    }

    private static void normalize(double[] row) {
        double squares = 0;
        for (double number : row) {
            squares += number * number;
        }
        double scale = 1 / Math.sqrt(squares);
        for (int i = 0; i < row.length; i++) {
            row[i] *= scale;
        }
    }
}
