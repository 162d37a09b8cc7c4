package io.menso.pinot;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/// Users among whom is searched, read once from the literal of a statement and then asked for each row.
///
/// Open addressing on the last 8 bytes of the ids, which are random; half of the places stay empty.
public final class UserSet {

    private static final int BYTES = 16;
    private static final UserSet NONE = new UserSet(new byte[0], "");

    private final String literal;
    private final long[] high;
    private final long[] low;
    private final boolean[] taken;
    private final int mask;

    private UserSet(byte[] packed, String literal) {
        int users = packed.length / BYTES;
        int places = Integer.highestOneBit(Math.max(1, users)) << 2;
        this.literal = literal;
        this.high = new long[places];
        this.low = new long[places];
        this.taken = new boolean[places];
        this.mask = places - 1;
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        for (int i = 0; i < users; i++) {
            add(buffer.getLong(), buffer.getLong());
        }
    }

    /// The same users under another string of the same text.
    private UserSet(UserSet same, String literal) {
        this.literal = literal;
        this.high = same.high;
        this.low = same.low;
        this.taken = same.taken;
        this.mask = same.mask;
    }

    public static UserSet none() {
        return NONE;
    }

    /// This set when it came from the same literal, else another. The rows of a segment bring the very same string,
    /// those of another segment one of the same text. That one is remembered: comparing megabytes for each row
    /// costs seconds.
    ///
    /// @param other Base64 of 16 bytes for each user
    /// @throws SealException when it is anything else
    @SuppressWarnings({"ReferenceEquality", "StringEquality"})
    public UserSet orOf(String other) {
        if (literal == other) {
            return this;
        }
        if (literal.equals(other)) {
            return new UserSet(this, other);
        }
        return of(other);
    }

    static UserSet of(String literal) {
        try {
            byte[] packed = Base64.getDecoder().decode(literal);
            if (packed.length % BYTES == 0) {
                return new UserSet(packed, literal);
            }
        } catch (IllegalArgumentException e) {
            throw new SealException("the users are not Base64", e);
        }
        throw new SealException("a user has " + BYTES + " bytes");
    }

    /// @param user id as text; what is no UUID is nobody
    public boolean contains(String user) {
        UUID id;
        try {
            id = UUID.fromString(user);
        } catch (IllegalArgumentException e) {
            return false;
        }
        int place = place(id.getMostSignificantBits(), id.getLeastSignificantBits());
        return taken[place];
    }

    private void add(long first, long second) {
        int place = place(first, second);
        taken[place] = true;
        high[place] = first;
        low[place] = second;
    }

    /// Where the user is, or would be.
    private int place(long first, long second) {
        int place = Long.hashCode(second * 0x9e3779b97f4a7c15L) & mask;
        while (taken[place] && (low[place] != second || high[place] != first)) {
            place = (place + 1) & mask;
        }
        return place;
    }
}
