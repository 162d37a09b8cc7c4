package io.menso.matching.index;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// Which versions of users' faces the database has, packed: 24 bytes a user.
///
/// @param packed for each user the id and the version, as PostgreSQL's `uuid_send` and `int8send` write them
public record Versions(byte[] packed) {

    private static final int BYTES = 3 * Long.BYTES;

    public Versions {
        if (packed.length % BYTES != 0) {
            throw new IllegalArgumentException("a user's version has " + BYTES + " bytes");
        }
    }

    /// What is done with a user's version.
    @FunctionalInterface
    public interface Action {
        void accept(UUID user, long version);
    }

    public int size() {
        return packed.length / BYTES;
    }

    public List<UUID> users() {
        List<UUID> users = new ArrayList<>(size());
        forEach((user, _) -> users.add(user));
        return users;
    }

    public void forEach(Action action) {
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        while (buffer.hasRemaining()) {
            action.accept(new UUID(buffer.getLong(), buffer.getLong()), buffer.getLong());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Versions versions && Arrays.equals(packed, versions.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        return "Versions[" + size() + "]";
    }
}
