package io.menso.matching.index.pinot;

import io.menso.matching.index.Candidates;
import java.nio.ByteBuffer;
import java.util.Base64;

/// A set of users as one literal: 16 bytes each, in the order of the unsigned bytes, in Base64.
final class PackedUsers {

    private static final int BYTES = 16;

    private PackedUsers() {}

    static String pack(Candidates candidates) {
        ByteBuffer packed = ByteBuffer.allocate(candidates.size() * BYTES);
        candidates.forEach(
                user -> packed.putLong(user.getMostSignificantBits()).putLong(user.getLeastSignificantBits()));
        return Base64.getEncoder().encodeToString(packed.array());
    }
}
