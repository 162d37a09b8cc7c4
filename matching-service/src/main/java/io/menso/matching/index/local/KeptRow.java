package io.menso.matching.index.local;

import java.nio.ByteBuffer;
import java.util.UUID;

/// What a file says of a row besides its vector.
///
/// @param user    whose face
/// @param version of the face
record KeptRow(UUID user, long version, Code code) {

    private static final int HEAD = 3 * Long.BYTES;

    static int bytes(Layout layout) {
        return HEAD + Code.bytes(layout);
    }

    static KeptRow of(Layout layout, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        UUID user = new UUID(buffer.getLong(), buffer.getLong());
        return new KeptRow(user, buffer.getLong(), Code.read(layout, buffer));
    }

    byte[] toBytes(Layout layout) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes(layout))
                .putLong(user.getMostSignificantBits())
                .putLong(user.getLeastSignificantBits())
                .putLong(version);
        code.write(buffer);
        return buffer.array();
    }
}
