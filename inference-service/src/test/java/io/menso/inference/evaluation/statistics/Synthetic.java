package io.menso.inference.evaluation.statistics;

import java.util.ArrayList;
import java.util.List;

/// Vectors that Python makes alike: numbers of the generator `1103515245 x + 12345 mod 2^31` from 1 on, less a half.
/// Each of 300 persons is 32 of them, each of 7 pictures 0.9 times these and 0.8 times 32 more, the last one 1.4 times.
final class Synthetic {

    private static final int PERSONS = 300;
    private static final int PICTURES = 7;
    private static final int DIMENSION = 32;

    private long state = 1;

    private Synthetic() {}

    static Templates templates() {
        Synthetic source = new Synthetic();
        List<float[]> vectors = new ArrayList<>();
        List<String> persons = new ArrayList<>();
        for (int person = 0; person < PERSONS; person++) {
            double[] centre = source.vector();
            for (int picture = 1; picture <= PICTURES; picture++) {
                vectors.add(unit(centre, source.vector(), picture == PICTURES ? 1.4 : 0.8));
                persons.add("person" + person);
            }
        }
        return new Templates(vectors, persons);
    }

    private double[] vector() {
        double[] vector = new double[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
            state = (1103515245L * state + 12345) % (1L << 31);
            vector[d] = state / (double) (1L << 31) - 0.5;
        }
        return vector;
    }

    private static float[] unit(double[] centre, double[] noise, double weight) {
        double[] sum = new double[DIMENSION];
        double square = 0;
        for (int d = 0; d < DIMENSION; d++) {
            sum[d] = centre[d] * 0.9 + noise[d] * weight;
            square += sum[d] * sum[d];
        }
        float[] unit = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
            unit[d] = (float) (sum[d] / Math.sqrt(square));
        }
        return unit;
    }
}
