package io.menso.matching.index.local;

import io.menso.matching.index.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/// The float32 numbers of all rows, sealed, in a file that is mapped into memory: a search reads a few rows of it.
///
/// The key lives in this process alone, so the file is worth nothing to anybody else, nor after the process ended; it
/// has no name any more once it is open where the system allows that.
final class VectorFile implements AutoCloseable {

    private static final long SMALLEST_REGION = 1L << 20;
    private static final long LARGEST_REGION = 64L << 20;

    private final FileChannel channel;
    private final Arena arena = Arena.ofShared();
    private final VectorSeal seal = new VectorSeal();
    private long end;
    private MemorySegment region = MemorySegment.NULL;
    private long used;

    private VectorFile(FileChannel channel) {
        this.channel = channel;
    }

    /// A new, empty file.
    ///
    /// @param directory made when it is absent
    /// @throws UncheckedIOException when there cannot be one
    static VectorFile in(Path directory) {
        try {
            Files.createDirectories(directory);
            Path file = Files.createTempFile(
                    directory,
                    "vectors",
                    ".sealed",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(file);
            return new VectorFile(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("no file for vectors in " + directory, e);
        }
    }

    /// Room for some rows.
    ///
    /// @throws UncheckedIOException when the disk is full
    synchronized Extent allocate(int rows, int dimension) {
        int slot = VectorSeal.sealedBytes(dimension);
        long bytes = (long) rows * slot;
        if (used + bytes > region.byteSize()) {
            region = map(Math.max(bytes, Math.clamp(end, SMALLEST_REGION, LARGEST_REGION)));
            used = 0;
        }
        Extent extent = new Extent(region.asSlice(used, bytes), slot, dimension);
        used += bytes;
        return extent;
    }

    /// Written with zeros first: a write to a hole of a mapped file would kill the process when the disk is full.
    private MemorySegment map(long bytes) {
        try {
            ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
            for (long at = end; at < end + bytes; at += zeros.capacity()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), end + bytes - at));
                while (zeros.hasRemaining()) {
                    channel.write(zeros, at + zeros.position());
                }
            }
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_WRITE, end, bytes, arena);
            end += bytes;
            return mapped;
        } catch (IOException e) {
            throw new UncheckedIOException("no room for vectors", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        arena.close();
    }

    /// Part of the file that belongs to one chunk.
    final class Extent {

        private final MemorySegment slots;
        private final int slot;
        private final int dimension;

        private Extent(MemorySegment slots, int slot, int dimension) {
            this.slots = slots;
            this.slot = slot;
            this.dimension = dimension;
        }

        void write(int row, Entry entry) {
            seal.seal(entry.user(), entry.version(), entry.vector(), at(row));
        }

        /// @throws IllegalStateException when the file holds something else: it was changed from outside
        float[] read(int row, UUID user, long version) {
            return seal.open(user, version, at(row), dimension);
        }

        void wipe(int row) {
            at(row).fill((byte) 0);
        }

        boolean isWiped() {
            return Chunk.isZero(slots);
        }

        private MemorySegment at(int row) {
            return slots.asSlice((long) row * slot, slot);
        }
    }
}
