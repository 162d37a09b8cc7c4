package io.menso.bench.data;

import java.util.UUID;

/// Which person's which picture each row holds, and whose id it bears.
///
/// Ten templates belong to four persons with one to four templates each; rows are in no order. One template in 200
/// is enrolled twice, so that equal cosines occur.
///
/// @param size rows
public record Gallery(int size) {

    /// Persons who are not enrolled start here.
    private static final long STRANGERS = 1L << 40;

    /// Pictures that are not enrolled start here.
    private static final long FRESH = 1L << 40;

    private static final int[] PERSON_OF_TEN = {0, 1, 1, 2, 2, 2, 3, 3, 3, 3};
    private static final int COPIES = 200;
    private static final long ORDER = 1;
    private static final long SUBSET = 2;

    public Gallery {
        if (size < 1) {
            throw new IllegalArgumentException("a gallery has rows");
        }
    }

    long person(int row) {
        long place = shuffled(row, ORDER);
        return place / 10 * 4 + PERSON_OF_TEN[(int) (place % 10)];
    }

    long picture(int row) {
        long place = shuffled(row, ORDER);
        boolean isCopy = place % COPIES == 9; // the last of four templates of one person
        return isCopy ? place - 1 : place;
    }

    float[] template(Generator generator, int row) {
        return generator.template(person(row), picture(row));
    }

    /// Another picture of an enrolled person.
    float[] returning(Generator generator, int row, int query) {
        return generator.template(person(row), FRESH + query);
    }

    /// A picture of somebody who is not enrolled.
    public static float[] stranger(Generator generator, long number) {
        return generator.template(STRANGERS + number, 2 * FRESH + number);
    }

    /// The user of a row; ids are in no order, and their lower half is the row.
    public static UUID user(int row) {
        return new UUID(Generator.mix(row), row);
    }

    public static int row(UUID user) {
        return (int) user.getLeastSignificantBits();
    }

    /// Rows of a filter that leaves so many; a smaller one is part of a larger one.
    int[] subset(int count) {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = (int) shuffled(i, SUBSET);
        }
        return rows;
    }

    /// A permutation of the rows: four rounds of a Feistel network over the next even power of two, walked until it
    /// falls inside.
    private long shuffled(long value, long key) {
        int half = Math.max(1, (64 - Long.numberOfLeadingZeros(size - 1L) + 1) / 2);
        long mask = (1L << half) - 1;
        long place = value;
        do {
            long left = place >>> half;
            long right = place & mask;
            for (int round = 0; round < 4; round++) {
                long next = left ^ (Generator.mix(right + (key << 8) + round) & mask);
                left = right;
                right = next;
            }
            place = left << half | right;
        } while (place >= size);
        return place;
    }
}
