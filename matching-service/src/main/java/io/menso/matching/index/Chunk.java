package io.menso.matching.index;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.UUID;

/// Some rows and who they belong to. The owners are fixed in one object; the rows' memory is shared by all later
/// versions of it, and is written only while no version that a search can see has an owner there.
///
/// @param rows     off-heap, freed once nothing refers to it
/// @param high     owners, first half of the id
/// @param low      owners, second half of the id
/// @param versions versions of the owners' faces; 0 where a row has no owner
record Chunk(MemorySegment rows, long[] high, long[] low, long[] versions) {

    private static final int ALIGNMENT = 64;

    static Chunk empty(int capacity, int stride) {
        MemorySegment rows = Arena.ofAuto().allocate((long) capacity * stride * Float.BYTES, ALIGNMENT);
        return new Chunk(rows, new long[capacity], new long[capacity], new long[capacity]);
    }

    /// The same rows, with owners that can be changed before the copy is published.
    Chunk copy() {
        return new Chunk(rows, high.clone(), low.clone(), versions.clone());
    }

    int capacity() {
        return versions.length;
    }

    void own(int row, UUID user, long version) {
        high[row] = user.getMostSignificantBits();
        low[row] = user.getLeastSignificantBits();
        versions[row] = version;
    }

    void disown(int row) {
        versions[row] = 0;
    }

    boolean isOwned(int row) {
        return versions[row] != 0;
    }

    boolean isOwnedBy(int row, UUID user) {
        return versions[row] != 0
                && low[row] == user.getLeastSignificantBits()
                && high[row] == user.getMostSignificantBits();
    }

    Hit hit(int row, double cosine) {
        return new Hit(new UUID(high[row], low[row]), versions[row], cosine);
    }

    void write(int row, int stride, float[] vector) {
        MemorySegment.copy(vector, 0, rows, ValueLayout.JAVA_FLOAT, (long) row * stride * Float.BYTES, vector.length);
    }

    void wipe(int row, int stride) {
        rows.asSlice((long) row * stride * Float.BYTES, (long) stride * Float.BYTES)
                .fill((byte) 0);
    }

    /// Dot product in float64, summed in order, so that every machine gets the same number.
    double exactDot(int row, int stride, float[] query) {
        long first = (long) row * stride;
        double sum = 0;
        for (int i = 0; i < stride; i++) {
            sum += (double) rows.getAtIndex(ValueLayout.JAVA_FLOAT, first + i) * query[i];
        }
        return sum;
    }
}
