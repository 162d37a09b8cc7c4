package io.menso.bench.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntFunction;

/// Vectors in a file, mapped into memory: float32, little endian, one after the other.
///
/// @param segment   the file
/// @param count     vectors
/// @param dimension numbers of each
public record Vectors(MemorySegment segment, int count, int dimension) {

    private static final int BLOCK = 1024;

    public static Vectors open(Path file, int dimension) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long bytes = channel.size();
            MemorySegment segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, Arena.ofAuto());
            return new Vectors(segment, Math.toIntExact(bytes / bytesOf(dimension)), dimension);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be read: " + file, e);
        }
    }

    /// Writes them block by block, so that memory holds only a few thousand at a time.
    static void write(Path file, int count, int dimension, IntFunction<float[]> vectors, Parallel parallel) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            parallel.split(count, (from, to) -> {
                writeRange(channel, from, to, dimension, vectors);
                return to;
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be written: " + file, e);
        }
    }

    private static void writeRange(FileChannel channel, int from, int to, int dimension, IntFunction<float[]> vectors) {
        ByteBuffer block = ByteBuffer.allocateDirect(Math.toIntExact(BLOCK * bytesOf(dimension)))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int first = from; first < to; first += BLOCK) {
            block.clear();
            for (int i = first; i < Math.min(to, first + BLOCK); i++) {
                block.asFloatBuffer().put(vectors.apply(i));
                block.position(block.position() + dimension * Float.BYTES);
            }
            writeFully(channel, block.flip(), first * bytesOf(dimension));
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer block, long position) {
        try {
            long at = position;
            while (block.hasRemaining()) {
                at += channel.write(block, at);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public float[] get(int index) {
        float[] vector = new float[dimension];
        MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT_UNALIGNED, index * bytesOf(dimension), vector, 0, dimension);
        return vector;
    }

    /// The first of them alone.
    public Vectors first(int number) {
        int kept = Math.min(number, count);
        return new Vectors(segment.asSlice(0, kept * bytesOf(dimension)), kept, dimension);
    }

    public float[][] all() {
        float[][] vectors = new float[count][];
        for (int i = 0; i < count; i++) {
            vectors[i] = get(i);
        }
        return vectors;
    }

    private static long bytesOf(int dimension) {
        return (long) dimension * Float.BYTES;
    }
}
