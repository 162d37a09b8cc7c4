package io.menso.bench.data;

/// Variances of the directions in which embeddings differ. They fall by a constant factor from one direction to the
/// next, as the principal components of our own embedding do: 10 times from the 2nd to the 64th of 128.
///
/// Two independent unit vectors whose components have these variances `v` have cosines with standard deviation
/// `sqrt(sum v^2) / sum v`. That number is what is known of a model (its impostor sigma), so the factor is chosen
/// for it.
final class Spectrum {

    private static final int STEPS = 60;

    private Spectrum() {}

    /// Standard deviations by direction, largest first; their squares add up to 1.
    ///
    /// @param sigma standard deviation of impostors' cosines; what is below `1 / sqrt(dimension)`, where all
    ///              directions weigh the same, gives equal directions
    static float[] deviations(int dimension, double sigma) {
        double slow = 0;
        double fast = 1;
        for (int i = 0; i < STEPS; i++) {
            double decay = (slow + fast) / 2;
            if (sigma(variances(dimension, decay)) < sigma) {
                slow = decay;
            } else {
                fast = decay;
            }
        }
        double[] variances = variances(dimension, slow);
        float[] deviations = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            deviations[i] = (float) Math.sqrt(variances[i]);
        }
        return deviations;
    }

    private static double[] variances(int dimension, double decay) {
        double[] variances = new double[dimension];
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            variances[i] = Math.exp(-decay * i);
            sum += variances[i];
        }
        for (int i = 0; i < dimension; i++) {
            variances[i] /= sum;
        }
        return variances;
    }

    private static double sigma(double[] variances) {
        double squares = 0;
        for (double variance : variances) {
            squares += variance * variance;
        }
        return Math.sqrt(squares);
    }
}
