package io.menso.matching.index.local;

import io.menso.matching.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Kinds of rows that an index may meet, most of them chosen to make bounds, ties or rounding go wrong.
enum Shape {
    RANDOM {
        @Override
        float[] row(Random random, int dimension, float[] centre) {
            return Vectors.random(random, dimension);
        }
    },
    /// All rows the same.
    EQUAL {
        @Override
        float[] row(Random random, int dimension, float[] centre) {
            return centre.clone();
        }
    },
    /// Each row again and again.
    DUPLICATES {
        @Override
        float[] row(Random random, int dimension, float[] centre) {
            return Vectors.random(new Random(random.nextInt(20)), dimension);
        }
    },
    /// Rows that differ in the last bit of one number.
    LAST_BIT {
        @Override
        float[] row(Random random, int dimension, float[] centre) {
            float[] twin = centre.clone();
            int at = random.nextInt(dimension);
            twin[at] = random.nextBoolean() ? Math.nextUp(twin[at]) : Math.nextDown(twin[at]);
            return twin;
        }
    },
    /// Rows around five centres, some of them very near.
    CLUSTERS {
        @Override
        float[] row(Random random, int dimension, float[] centre) {
            float[] middle = Vectors.random(new Random(random.nextInt(5)), dimension);
            return moved(random, middle, Math.pow(10, -1 - random.nextInt(5)));
        }
    },
    /// One number alone, of either sign.
    ONE_HOT {
        @Override
        float[] row(Random random, int dimension, float[] centre) {
            float[] row = new float[dimension];
            row[random.nextInt(dimension)] = random.nextBoolean() ? 1 : -1;
            return row;
        }
    },
    /// All numbers of the same size.
    CONSTANT {
        @Override
        float[] row(Random random, int dimension, float[] centre) {
            int signs = random.nextInt(4);
            double[] row = new double[dimension];
            for (int i = 0; i < dimension; i++) {
                row[i] = signs == 0 || signs == 1 && i % 2 == 0 || signs > 1 && random.nextBoolean() ? 1 : -1;
            }
            return Vectors.unit(row);
        }
    },
    /// Few numbers, of very different size, down to those that float32 can hardly tell from 0.
    SPARSE {
        @Override
        float[] row(Random random, int dimension, float[] centre) {
            double[] row = new double[dimension];
            for (int i = 0; i < 3; i++) {
                row[random.nextInt(dimension)] = random.nextGaussian() * Math.pow(10, -random.nextInt(40));
            }
            row[random.nextInt(dimension)] = random.nextBoolean() ? 1 : -1;
            return Vectors.unit(row);
        }
    },
    /// The centre and its opposite, and rows across.
    ANTIPODES {
        @Override
        float[] row(Random random, int dimension, float[] centre) {
            return switch (random.nextInt(3)) {
                case 0 -> scaled(centre, 1);
                case 1 -> scaled(centre, -1);
                default -> moved(random, scaled(centre, random.nextBoolean() ? 1 : -1), 1e-3);
            };
        }
    },
    /// Lengths as far from 1 as is accepted, in the same few directions.
    LENGTHS {
        @Override
        float[] row(Random random, int dimension, float[] centre) {
            float[] direction = moved(random, centre, random.nextInt(3) * 0.05);
            return scaled(direction, random.nextBoolean() ? LONGEST : SHORTEST);
        }
    };

    /// Longest and shortest that counts as of unit length, less what float32 may round away.
    static final double LONGEST = Math.sqrt(1 + Codec.UNIT) - 1e-6;

    static final double SHORTEST = Math.sqrt(1 - Codec.UNIT) + 1e-6;

    /// @param centre of unit length, the same for all rows of a gallery
    abstract float[] row(Random random, int dimension, float[] centre);

    List<float[]> rows(Random random, int count, int dimension) {
        float[] centre = Vectors.random(random, dimension);
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(random, dimension, centre));
        }
        return rows;
    }

    /// A few queries that such rows make hard: a row, its opposite, between two rows, near a row, and elsewhere.
    List<float[]> queries(Random random, List<float[]> rows) {
        float[] one = rows.get(random.nextInt(rows.size()));
        float[] other = rows.get(random.nextInt(rows.size()));
        int dimension = one.length;
        double[] between = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            between[i] = one[i] + 0.999 * other[i];
        }
        float[] alternating = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            alternating[i] = (float) ((i % 2 == 0 ? 1 : -1) / Math.sqrt(dimension));
        }
        return List.of(
                one,
                scaled(one, -1),
                BruteForce.dot(one, other) > -0.9 ? Vectors.unit(between) : other,
                moved(random, one, 0.3),
                alternating,
                Vectors.random(random, dimension));
    }

    static float[] scaled(float[] vector, double scale) {
        float[] scaled = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            scaled[i] = (float) (vector[i] * scale);
        }
        return scaled;
    }

    /// @param distance to a random side, before the length is made 1 again
    static float[] moved(Random random, float[] vector, double distance) {
        float[] side = Vectors.random(random, vector.length);
        double[] sum = new double[vector.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = vector[i] + distance * side[i];
        }
        return Vectors.unit(sum);
    }
}
