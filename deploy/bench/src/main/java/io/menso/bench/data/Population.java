package io.menso.bench.data;

/// What is known of an embedding model and is to be reproduced. The doc `benchmark-search.md` says where the
/// numbers come from.
///
/// @param impostorMean  mean cosine of different persons
/// @param impostorSigma standard deviation of different persons' cosines
/// @param likeness      by how much the cosine of one pair of persons in [#GROUPS] is higher, which makes the
///                      distribution's upper tail as heavy as it is
/// @param clarity       mean of the share that the person has in a template, as a length; the product of two is the
///                      mean cosine of a person's templates
/// @param claritySigma  standard deviation of that share among templates
public record Population(
        double impostorMean, double impostorSigma, double likeness, double clarity, double claritySigma) {

    /// Groups of persons who look alike.
    static final int GROUPS = 1_000;

    static final Population PLAIN = new Population(0, 0, 0, 0, 0);

    private static final Population SMALL = new Population(0.05, 0.116, 0.20, 0.74, 0.13);
    private static final Population STRONG = new Population(0.0, 0.055, 0.095, 0.84, 0.07);
    private static final int STRONG_DIMENSION = 512;
    private static final int SMALL_DIMENSION = 128;

    /// The model of our own up to 128 numbers, a strong network beyond; sigma follows the power of the dimension that
    /// joins 128 and 512.
    static Population ofModel(int dimension) {
        Population model = dimension <= SMALL_DIMENSION ? SMALL : STRONG;
        double exponent = Math.log(STRONG.impostorSigma / SMALL.impostorSigma)
                / Math.log((double) STRONG_DIMENSION / SMALL_DIMENSION);
        double sigma = SMALL.impostorSigma * Math.pow((double) dimension / SMALL_DIMENSION, exponent);
        double likeness = model.likeness * sigma / model.impostorSigma;
        return new Population(model.impostorMean, sigma, likeness, model.clarity, model.claritySigma);
    }

    /// Share of the variance of persons that a group has in common.
    double groupShare() {
        return likeness == 0 ? 0 : Math.min(0.9, likeness / ((1 - impostorMean) * clarity * clarity));
    }
}
