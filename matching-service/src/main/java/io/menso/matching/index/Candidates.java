package io.menso.matching.index;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Users among whom is to be searched, each once, packed so that a large gallery costs 16 bytes a user.
public final class Candidates {

    private final long[] bits;

    private Candidates(long[] bits) {
        this.bits = bits;
    }

    public static Candidates of(Collection<UUID> users) {
        ByteBuffer packed = ByteBuffer.allocate(users.size() * 16);
        users.forEach(user -> packed.putLong(user.getMostSignificantBits()).putLong(user.getLeastSignificantBits()));
        return ofBytes(packed.array());
    }

    /// @param packed 16 bytes for each user, as PostgreSQL's `uuid_send` writes them
    public static Candidates ofBytes(byte[] packed) {
        if (packed.length % 16 != 0) {
            throw new IllegalArgumentException("a user id has 16 bytes");
        }
        long[] bits = new long[packed.length / 8];
        ByteBuffer.wrap(packed).asLongBuffer().get(bits);
        return new Candidates(bits);
    }

    public int size() {
        return bits.length / 2;
    }

    /// Whether one of them is so; the rest is not asked.
    boolean anyMatch(Predicate<UUID> condition) {
        for (int i = 0; i < bits.length; i += 2) {
            if (condition.test(new UUID(bits[i], bits[i + 1]))) {
                return true;
            }
        }
        return false;
    }

    void forEach(Consumer<UUID> action) {
        for (int i = 0; i < bits.length; i += 2) {
            action.accept(new UUID(bits[i], bits[i + 1]));
        }
    }
}
