package io.menso.matching.index;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Users among whom is to be searched, each once, packed so that a large gallery costs 16 bytes a user.
public final class Candidates {

    /// In ascending order, two numbers for each user, nobody twice.
    private final long[] bits;

    private Candidates(long[] bits) {
        this.bits = isAscending(bits) ? bits : sorted(bits);
    }

    public static Candidates of(Collection<UUID> users) {
        ByteBuffer packed = ByteBuffer.allocate(users.size() * 16);
        users.forEach(user -> packed.putLong(user.getMostSignificantBits()).putLong(user.getLeastSignificantBits()));
        return ofBytes(packed.array());
    }

    /// @param packed 16 bytes for each user, as PostgreSQL's `uuid_send` writes them; faster when they are in order
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

    public boolean contains(UUID user) {
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(bits, middle, user.getMostSignificantBits(), user.getLeastSignificantBits());
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /// Whether one of them is so; the rest is not asked.
    public boolean anyMatch(Predicate<UUID> condition) {
        for (int i = 0; i < size(); i++) {
            if (condition.test(user(i))) {
                return true;
            }
        }
        return false;
    }

    public void forEach(Consumer<UUID> action) {
        for (int i = 0; i < size(); i++) {
            action.accept(user(i));
        }
    }

    private UUID user(int number) {
        return new UUID(bits[2 * number], bits[2 * number + 1]);
    }

    private static boolean isAscending(long[] bits) {
        for (int i = 1; i < bits.length / 2; i++) {
            if (compare(bits, i - 1, bits[2 * i], bits[2 * i + 1]) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static long[] sorted(long[] bits) {
        UUID[] users = new UUID[bits.length / 2];
        for (int i = 0; i < users.length; i++) {
            users[i] = new UUID(bits[2 * i], bits[2 * i + 1]);
        }
        Arrays.sort(users, Hit::compareIds);
        long[] sorted = new long[bits.length];
        int size = 0;
        for (int i = 0; i < users.length; i++) {
            if (i == 0 || !users[i].equals(users[i - 1])) {
                sorted[size++] = users[i].getMostSignificantBits();
                sorted[size++] = users[i].getLeastSignificantBits();
            }
        }
        return Arrays.copyOf(sorted, size);
    }

    private static int compare(long[] bits, int number, long high, long low) {
        int order = Long.compareUnsigned(bits[2 * number], high);
        return order != 0 ? order : Long.compareUnsigned(bits[2 * number + 1], low);
    }
}
