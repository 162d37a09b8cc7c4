package io.menso.matching.index.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A file that grows and is mapped into memory, for its owner alone.
final class MappedFile implements AutoCloseable {

    static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final long SMALLEST_REGION = 1L << 20;
    private static final long LARGEST_REGION = 64L << 20;

    private final FileChannel channel;
    /// Unmapped once nothing refers to any part of it: a search may still read what its index has given up.
    private final Arena arena = Arena.ofAuto();
    private MemorySegment region = MemorySegment.NULL;
    private long end;
    private long used;

    /// Part of the file.
    ///
    /// @param at     bytes before it
    /// @param memory where it is mapped
    record Part(long at, MemorySegment memory) {}

    private MappedFile(FileChannel channel) throws IOException {
        this.channel = channel;
        this.end = channel.size();
    }

    /// A new, empty file without a name: nothing of it is left when the process ends, however it ends.
    ///
    /// @param directory made when it is absent
    /// @throws UncheckedIOException when there cannot be one
    static MappedFile temporary(Path directory) {
        try {
            Files.createDirectories(directory);
            Path file = Files.createTempFile(directory, "vectors", ".sealed", PRIVATE);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(file);
            return new MappedFile(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("no file for vectors in " + directory, e);
        }
    }

    /// A file with what it holds; a new one when it is absent.
    static MappedFile open(Path file) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        return new MappedFile(FileChannel.open(file, options, PRIVATE));
    }

    /// Bytes.
    synchronized long length() {
        return end;
    }

    /// Gives back what lies behind these bytes; new parts follow there.
    synchronized void cut(long length) throws IOException {
        channel.truncate(length);
        end = length;
        used = 0;
        region = MemorySegment.NULL;
    }

    /// Everything that the file holds.
    synchronized MemorySegment map() throws IOException {
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, end, arena);
    }

    /// Zeros.
    ///
    /// @throws UncheckedIOException when the disk is full
    synchronized Part allocate(long bytes) {
        if (used + bytes > region.byteSize()) {
            region = grow(Math.max(bytes, Math.clamp(end, SMALLEST_REGION, LARGEST_REGION)));
            used = 0;
        }
        Part part = new Part(end - region.byteSize() + used, region.asSlice(used, bytes));
        used += bytes;
        return part;
    }

    /// Written with zeros first: a write to a hole of a mapped file would kill the process when the disk is full.
    private MemorySegment grow(long bytes) {
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
            throw new UncheckedIOException("no room for rows", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
