package io.menso.bench.data;

import java.util.SplittableRandom;

/// Makes unit vectors that are distributed as a model's templates are; each is a function of the seed and its number
/// alone, so that any thread can make any of them.
///
/// A template is `m + clarity * person + sqrt(1 - clarity^2) * picture`: a direction that all share, a part that is
/// the person's and a part that is the picture's, both normal with the variances of a [Spectrum]. Plain data are
/// uniform on the sphere.
public final class Generator {

    private static final double LOWEST_CLARITY = 0.4;
    private static final double HIGHEST_CLARITY = 0.97;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final int dimension;
    private final long seed;
    private final Population population;
    private final boolean plain;
    private final float[] deviations;
    private final float[] shared;
    private final Rotation rotation;

    private Generator(int dimension, long seed, Population population, boolean plain) {
        this.dimension = dimension;
        this.seed = seed;
        this.population = population;
        this.plain = plain;
        double spread = 1 - population.impostorMean();
        this.deviations = Spectrum.deviations(dimension, population.impostorSigma() / spread);
        this.rotation = new Rotation(dimension, mix(seed));
        this.shared = new float[dimension];
        shared[dimension - 1] = (float) Math.sqrt(population.impostorMean());
    }

    /// Templates like those of a model.
    public static Generator structured(int dimension, long seed) {
        return new Generator(dimension, seed, Population.ofModel(dimension), false);
    }

    /// Plain random vectors: nothing tells one from another, the worst case of any search.
    public static Generator plain(int dimension, long seed) {
        return new Generator(dimension, seed, new Population(0, 0, 0, 0), true);
    }

    public Population population() {
        return population;
    }

    /// @param person  number of the person
    /// @param picture number of the picture, of all persons' pictures
    public float[] template(long person, long picture) {
        float[] vector = new float[dimension];
        SplittableRandom ofPicture = new SplittableRandom(mix(seed ^ mix(2 * picture + 1)));
        fill(vector, ofPicture);
        if (plain) {
            return normalise(vector);
        }
        double clarity = Math.clamp(
                population.clarity() + population.claritySigma() * ofPicture.nextGaussian(),
                LOWEST_CLARITY,
                HIGHEST_CLARITY);
        float[] ofPerson = new float[dimension];
        fill(ofPerson, new SplittableRandom(mix(seed ^ mix(2 * person))));
        combine(vector, ofPerson, clarity);
        rotation.apply(vector);
        return normalise(vector);
    }

    private void fill(float[] vector, SplittableRandom random) {
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian() * (plain ? 1 : deviations[i]);
        }
    }

    private void combine(float[] picture, float[] person, double clarity) {
        double spread = Math.sqrt(1 - population.impostorMean());
        float own = (float) (spread * clarity / length(person));
        float rest = (float) (spread * Math.sqrt(1 - clarity * clarity) / length(picture));
        for (int i = 0; i < dimension; i++) {
            picture[i] = shared[i] + own * person[i] + rest * picture[i];
        }
    }

    private static float[] normalise(float[] vector) {
        float scale = (float) (1 / length(vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return vector;
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    /// Finaliser of SplitMix64 (Steele, Lea, Flood, 2014): neighbouring numbers give unrelated ones.
    static long mix(long value) {
        long z = value + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
