package io.menso.matching.index.local;

import io.menso.matching.index.DamagedRow;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Space;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where the rows of one chunk lie in files, each row's vector and code sealed by itself.
///
/// A vector opens for its user and version alone, a code at its own place alone.
final class Extent {

    private final Space space;
    private final Layout layout;
    private final int dimension;
    private final int rows;
    private final Seals seals;
    private final MappedFile.Part vectors;
    private final MappedFile.@Nullable Part codes;

    /// @param codes absent when codes are not kept
    Extent(
            Space space,
            Layout layout,
            int dimension,
            int rows,
            Seals seals,
            MappedFile.Part vectors,
            MappedFile.@Nullable Part codes) {
        this.space = space;
        this.layout = layout;
        this.dimension = dimension;
        this.rows = rows;
        this.seals = seals;
        this.vectors = vectors;
        this.codes = codes;
    }

    static int vectorBytes(int dimension) {
        return RowSeal.sealedBytes(dimension * Float.BYTES);
    }

    static int codeBytes(Layout layout) {
        return RowSeal.sealedBytes(KeptRow.bytes(layout));
    }

    int rows() {
        return rows;
    }

    /// The vector first: a code that opens stands for a whole row.
    void write(int row, Entry entry, Code code) {
        byte[] numbers = new byte[dimension * Float.BYTES];
        ByteBuffer.wrap(numbers).asFloatBuffer().put(entry.vector());
        seals.vectors().seal(numbers, owner(entry.user(), entry.version()), vector(row));
        Arrays.fill(numbers, (byte) 0);
        if (codes != null) {
            byte[] kept = new KeptRow(entry.user(), entry.version(), code).toBytes(layout);
            seals.codes().seal(kept, place(codes, row), code(codes, row));
        }
    }

    /// @throws DamagedRow when the file holds something else
    float[] read(int row, UUID user, long version) {
        return find(row, user, version).orElseThrow(() -> new DamagedRow(space, user));
    }

    boolean isReadable(int row, UUID user, long version) {
        return find(row, user, version).isPresent();
    }

    /// @return nothing when no row lies here, or none that can be trusted
    Optional<KeptRow> kept(int row) {
        return codes == null
                ? Optional.empty()
                : seals.codes().open(place(codes, row), code(codes, row)).map(bytes -> KeptRow.of(layout, bytes));
    }

    /// The code last: while it is there, a restart finds what else is to be wiped.
    void wipe(int row) {
        clear(vector(row));
        if (codes != null) {
            clear(code(codes, row));
        }
    }

    boolean isWiped() {
        return Chunk.isZero(vectors.memory()) && (codes == null || Chunk.isZero(codes.memory()));
    }

    private Optional<float[]> find(int row, UUID user, long version) {
        return seals.vectors().open(owner(user, version), vector(row)).map(bytes -> {
            float[] numbers = new float[dimension];
            ByteBuffer.wrap(bytes).asFloatBuffer().get(numbers);
            Arrays.fill(bytes, (byte) 0);
            return numbers;
        });
    }

    /// What is clear already is not written, so that it need not go to the disk.
    private static void clear(MemorySegment slot) {
        if (!Chunk.isZero(slot)) {
            slot.fill((byte) 0);
        }
    }

    private MemorySegment vector(int row) {
        int bytes = vectorBytes(dimension);
        return vectors.memory().asSlice((long) row * bytes, bytes);
    }

    private MemorySegment code(MappedFile.Part part, int row) {
        int bytes = codeBytes(layout);
        return part.memory().asSlice((long) row * bytes, bytes);
    }

    private static ByteBuffer owner(UUID user, long version) {
        return ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(user.getMostSignificantBits())
                .putLong(user.getLeastSignificantBits())
                .putLong(version)
                .flip();
    }

    private ByteBuffer place(MappedFile.Part part, int row) {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(part.at() + (long) row * codeBytes(layout))
                .flip();
    }
}
