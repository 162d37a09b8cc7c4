package io.menso.bench.data;

import java.util.SplittableRandom;

/// A fixed random rotation, so that no coordinate is worth more than another: rounds of random signs and a
/// Hadamard transform. Where the dimension is no power of two, rounds take turns at its two ends.
final class Rotation {

    private static final int ROUNDS = 4;

    private final int span;
    private final float scale;
    private final float[][] signs = new float[ROUNDS][];

    Rotation(int dimension, long seed) {
        this.span = Integer.highestOneBit(dimension);
        this.scale = (float) (1 / Math.sqrt(span));
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            signs[round] = new float[dimension];
            for (int i = 0; i < dimension; i++) {
                signs[round][i] = random.nextBoolean() ? 1 : -1;
            }
        }
    }

    void apply(float[] vector) {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] *= signs[round][i];
            }
            transform(vector, round % 2 == 0 ? 0 : vector.length - span);
        }
    }

    private void transform(float[] vector, int start) {
        for (int half = 1; half < span; half *= 2) {
            for (int block = start; block < start + span; block += 2 * half) {
                for (int i = block; i < block + half; i++) {
                    float a = vector[i];
                    float b = vector[i + half];
                    vector[i] = a + b;
                    vector[i + half] = a - b;
                }
            }
        }
        for (int i = start; i < start + span; i++) {
            vector[i] *= scale;
        }
    }
}
