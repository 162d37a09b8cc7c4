package io.menso.bench.data;

/// Variances of the directions in which embeddings differ: a power law, as principal components of trained
/// embeddings show.
///
/// Two independent unit vectors whose components have these variances `v` have cosines with standard deviation
/// `sqrt(sum v^2) / sum v`. That number is what is known of a model (its impostor sigma), so the exponent is
/// chosen for it.
final class Spectrum {

    /// Keeps the first few directions from outweighing all others.
    private static final double OFFSET = 12;

    private static final double STEEPEST = 8;

    private Spectrum() {}

    /// Standard deviations by direction, largest first; their squares add up to 1.
    ///
    /// @param sigma standard deviation of impostors' cosines; what is below `1 / sqrt(dimension)`, where all
    ///              directions weigh the same, gives equal directions
    static float[] deviations(int dimension, double sigma) {
        double flat = 0;
        double steep = STEEPEST;
        for (int i = 0; i < 60; i++) {
            double exponent = (flat + steep) / 2;
            if (sigma(variances(dimension, exponent)) < sigma) {
                flat = exponent;
            } else {
                steep = exponent;
            }
        }
        double[] variances = variances(dimension, flat);
        float[] deviations = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            deviations[i] = (float) Math.sqrt(variances[i]);
        }
        return deviations;
    }

    private static double[] variances(int dimension, double exponent) {
        double[] variances = new double[dimension];
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            variances[i] = Math.pow(i + OFFSET, -exponent);
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
