package io.menso.matching.index;

import java.util.Comparator;
import java.util.UUID;

/// A face that is similar enough.
///
/// @param user    whose face
/// @param version version of the face whose vector was compared
/// @param cosine  cosine of the angle to the query, computed in float64 from the stored float32 numbers
public record Hit(UUID user, long version, double cosine) {

    /// Most similar first; equal cosines in the order of the ids' text.
    public static final Comparator<Hit> BEST_FIRST =
            Comparator.comparingDouble(Hit::cosine).reversed().thenComparing(Hit::user, Hit::compareIds);

    static int compareIds(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }
}
