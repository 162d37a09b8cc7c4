package io.menso.bench.data;

/// What is known of an embedding model and is to be reproduced. The doc `benchmark-search.md` says where the
/// numbers come from.
///
/// @param impostorMean  mean cosine of different persons
/// @param impostorSigma standard deviation of different persons' cosines
/// @param clarity       mean share of a template's length that tells the person; two templates of a person have
///                      the product of their clarities, squared, as cosine
/// @param claritySigma  standard deviation of that share among templates
public record Population(double impostorMean, double impostorSigma, double clarity, double claritySigma) {

    private static final Population SMALL = new Population(0.05, 0.116, 0.86, 0.05);
    private static final Population STRONG = new Population(0.0, 0.055, 0.84, 0.05);
    private static final int STRONG_DIMENSION = 512;
    private static final int SMALL_DIMENSION = 128;

    /// The model of our own at 128 numbers, a strong network at 512; in between and beyond, sigma follows the
    /// power of the dimension that joins the two.
    static Population ofModel(int dimension) {
        if (dimension <= SMALL_DIMENSION) {
            return dimension == SMALL_DIMENSION ? SMALL : SMALL.withSigma(SMALL.impostorSigma * power(dimension));
        }
        return dimension == STRONG_DIMENSION ? STRONG : STRONG.withSigma(SMALL.impostorSigma * power(dimension));
    }

    private static double power(int dimension) {
        double exponent = Math.log(STRONG.impostorSigma / SMALL.impostorSigma)
                / Math.log((double) STRONG_DIMENSION / SMALL_DIMENSION);
        return Math.pow((double) dimension / SMALL_DIMENSION, exponent);
    }

    private Population withSigma(double sigma) {
        return new Population(impostorMean, sigma, clarity, claritySigma);
    }
}
