package io.menso.bench.data;

import java.util.SplittableRandom;

/// Makes unit vectors that are distributed as a model's templates are; each is a function of the seed and its numbers
/// alone, so that any thread can make any of them.
///
/// A template is `m + clarity * person + sqrt(1 - clarity^2) * picture`: a direction that all share, a part that is
/// the person's and a part that is the picture's, both normal with the variances of a [Spectrum]. A person is partly
/// what a group of persons have in common. Plain data are uniform on the sphere.
public final class Generator {

    private static final double LOWEST_CLARITY = 0.4;
    private static final double HIGHEST_CLARITY = 0.97;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long PICTURES = 1;
    private static final long PERSONS = 2;
    private static final long GROUPS = 3;

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
        this.deviations = Spectrum.deviations(dimension, population.impostorSigma() / (1 - population.impostorMean()));
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
        return new Generator(dimension, seed, Population.PLAIN, true);
    }

    public Population population() {
        return population;
    }

    /// @param person  number of the person
    /// @param picture number of the picture, of all persons' pictures
    public float[] template(long person, long picture) {
        SplittableRandom random = random(PICTURES, picture);
        float[] vector = normal(random);
        if (!plain) {
            double clarity = population.clarity() + population.claritySigma() * random.nextGaussian();
            combine(vector, person(person), Math.clamp(clarity, LOWEST_CLARITY, HIGHEST_CLARITY));
            rotation.apply(vector);
        }
        return normalise(vector);
    }

    /// The part of a person, of any length.
    private float[] person(long number) {
        SplittableRandom random = random(PERSONS, number);
        float[] person = normal(random);
        float[] group = normal(random(GROUPS, random.nextInt(Population.GROUPS)));
        float common = (float) Math.sqrt(population.groupShare());
        float own = (float) Math.sqrt(1 - population.groupShare());
        for (int i = 0; i < dimension; i++) {
            person[i] = own * person[i] + common * group[i];
        }
        return person;
    }

    private void combine(float[] picture, float[] person, double clarity) {
        double spread = Math.sqrt(1 - population.impostorMean());
        float own = (float) (spread * clarity / length(person));
        float rest = (float) (spread * Math.sqrt(1 - clarity * clarity) / length(picture));
        for (int i = 0; i < dimension; i++) {
            picture[i] = shared[i] + own * person[i] + rest * picture[i];
        }
    }

    private SplittableRandom random(long kind, long number) {
        return new SplittableRandom(mix(seed ^ mix(number * 4 + kind)));
    }

    private float[] normal(SplittableRandom random) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian() * (plain ? 1 : deviations[i]);
        }
        return vector;
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
