package io.menso.matching.index.local;

import io.menso.commons.data.EnvelopeCipher;
import io.menso.commons.web.Tenant;
import io.menso.matching.index.Space;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;

/// Says what lies where in the files: a list of records, each sealed for its place in the list, that only grows.
///
/// It begins with a number that stands for the format and with a wrapped key; all else is under that key.
final class Manifest implements AutoCloseable {

    /// "MensoIx" and the version of the format. To be raised whenever the meaning of a code or of a record
    /// changes.
    private static final long FORMAT = 0x4d656e736f497801L;

    private static final int LARGEST_RECORD = 1 << 16;
    private static final byte SEED = 1;
    private static final byte SESSION = 2;
    private static final byte EXTENT = 3;

    private final FileChannel channel;
    private final SecretKey key;
    private final List<byte[]> salts = new ArrayList<>();
    private final List<Listed> extents = new ArrayList<>();
    private long seed;
    private int records;

    /// The rows of one chunk.
    ///
    /// @param codec     fingerprint of what made the codes
    /// @param codesAt   where they begin in the file of codes
    /// @param vectorsAt where they begin in the file of vectors
    record Listed(Space space, int dimension, long codec, int rows, long codesAt, long vectorsAt) {}

    /// What writes a record.
    @FunctionalInterface
    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private Manifest(FileChannel channel, SecretKey key) {
        this.channel = channel;
        this.key = key;
    }

    /// A new list; it is there as a whole or not at all.
    static Manifest create(Path file, IndexKeys keys, long seed) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        byte[] wrapped = keys.create();
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + wrapped.length);
        head.putLong(FORMAT).putInt(wrapped.length).put(wrapped).flip();
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        FileChannel channel = FileChannel.open(draft, options, MappedFile.PRIVATE);
        Manifest manifest = new Manifest(channel, keys.unwrap(wrapped));
        writeAll(channel, head);
        manifest.append(SEED, out -> out.writeLong(seed));
        manifest.seed = seed;
        channel.force(true);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return manifest;
    }

    /// Reads a list and checks all of it.
    ///
    /// @throws IOException           when it cannot be read
    /// @throws IllegalStateException when it was changed, cut, is of another format, or under another master key
    static Manifest read(Path file, IndexKeys keys) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            if (bytes.remaining() < Long.BYTES + Integer.BYTES || bytes.getLong() != FORMAT) {
                throw new IllegalStateException("the files are of another format");
            }
            Manifest manifest = new Manifest(channel, keys.unwrap(next(bytes)));
            while (bytes.hasRemaining()) {
                manifest.take(EnvelopeCipher.decrypt(manifest.key, next(bytes), manifest.context()));
            }
            if (manifest.records == 0) {
                throw new IllegalStateException("the list of rows is cut");
            }
            channel.position(channel.size());
            return manifest;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    long seed() {
        return seed;
    }

    /// Salts of the keys of all sessions so far.
    synchronized List<byte[]> salts() {
        return List.copyOf(salts);
    }

    synchronized List<Listed> extents() {
        return List.copyOf(extents);
    }

    /// @return the session's number
    synchronized int addSession(byte[] salt) throws IOException {
        append(SESSION, out -> writeBytes(out, salt));
        salts.add(salt);
        return salts.size();
    }

    synchronized void addExtent(Listed extent) {
        try {
            append(EXTENT, out -> {
                out.writeUTF(extent.space().tenant().customer());
                out.writeUTF(extent.space().tenant().environment().label());
                out.writeUTF(extent.space().revision());
                out.writeInt(extent.dimension());
                out.writeLong(extent.codec());
                out.writeInt(extent.rows());
                out.writeLong(extent.codesAt());
                out.writeLong(extent.vectorsAt());
            });
        } catch (IOException e) {
            throw new UncheckedIOException("no room for rows", e);
        }
        extents.add(extent);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(byte kind, Content content) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(plain);
        out.writeByte(kind);
        content.write(out);
        byte[] sealed = EnvelopeCipher.encrypt(key, plain.toByteArray(), context());
        ByteBuffer record = ByteBuffer.allocate(Integer.BYTES + sealed.length);
        writeAll(channel, record.putInt(sealed.length).put(sealed).flip());
        records++;
    }

    private void take(byte[] plain) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
        switch (in.readByte()) {
            case SEED -> seed = in.readLong();
            case SESSION -> salts.add(in.readNBytes(in.readInt()));
            case EXTENT -> {
                Tenant tenant = Tenant.of(in.readUTF(), in.readUTF());
                Space space = new Space(tenant, in.readUTF());
                extents.add(new Listed(space, in.readInt(), in.readLong(), in.readInt(), in.readLong(), in.readLong()));
            }
            default -> throw new IllegalStateException("the files are of another format");
        }
        records++;
    }

    private String context() {
        return "menso index record " + records;
    }

    private static byte[] next(ByteBuffer bytes) {
        int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
        if (length < 0 || length > Math.min(bytes.remaining(), LARGEST_RECORD)) {
            throw new IllegalStateException("the list of rows is cut");
        }
        byte[] record = new byte[length];
        bytes.get(record);
        return record;
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
