package io.menso.matching.index.local;

import io.menso.commons.web.Tenant;
import io.menso.matching.index.Space;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.Key;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Files that outlive the process: a [Manifest], and beside it the rows' codes and vectors, all sealed.
///
/// What they hold is a proposal. What does not check out is dropped here; what does is compared with the database.
final class KeptStore implements Store {

    private static final Logger LOG = Logger.getLogger(KeptStore.class);
    private static final int SALT = 16;

    private final Path directory;
    private final IndexKeys keys;
    private final FileChannel lock;
    private final SecureRandom random = new SecureRandom();
    private OpenFiles files;

    /// The three files as they are open.
    ///
    /// @param keptCodes   what was there at the beginning
    /// @param keptVectors what was there at the beginning
    private record OpenFiles(
            Manifest manifest,
            MappedFile codes,
            MappedFile vectors,
            MemorySegment keptCodes,
            MemorySegment keptVectors,
            List<Manifest.Listed> kept,
            Session session) {

        void close() {
            manifest.close();
            codes.close();
            vectors.close();
        }
    }

    private KeptStore(Path directory, IndexKeys keys, FileChannel lock) throws IOException {
        this.directory = directory;
        this.keys = keys;
        this.lock = lock;
        this.files = openOrCreate();
    }

    /// @param directory made when it is absent
    /// @return nothing when another process uses the directory
    /// @throws UncheckedIOException when files cannot be made there
    static Optional<Store> open(Path directory, IndexKeys keys) {
        try {
            Files.createDirectories(directory);
            FileChannel lock = FileChannel.open(
                    directory.resolve("lock"),
                    Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                    MappedFile.PRIVATE);
            if (tryLock(lock) == null) {
                lock.close();
                return Optional.empty();
            }
            return Optional.of(new KeptStore(directory, keys, lock));
        } catch (IOException e) {
            throw new UncheckedIOException("no files for the index in " + directory, e);
        }
    }

    @Override
    public synchronized long seed() {
        return files.manifest().seed();
    }

    @Override
    public synchronized Map<Space, Integer> kept() {
        Map<Space, Integer> spaces = new HashMap<>();
        files.kept().forEach(extent -> spaces.put(extent.space(), extent.dimension()));
        return spaces;
    }

    @Override
    public synchronized boolean fits(Space space, Codec codec) {
        return files.kept().stream()
                .filter(extent -> extent.space().equals(space))
                .allMatch(extent -> extent.codec() == codec.fingerprint());
    }

    @Override
    public synchronized Room room(Space space, int dimension, Codec codec) {
        OpenFiles current = files;
        Seals seals = new Seals(
                new RowSeal(current.session(), keys(current, space, dimension, "vectors")),
                new RowSeal(current.session(), keys(current, space, dimension, "codes")));
        return new KeptRoom(current, space, dimension, codec, seals);
    }

    @Override
    public synchronized void clear() {
        try {
            files.close();
            // The same rotation, since codecs stay.
            files = create(files.manifest().seed());
        } catch (IOException e) {
            throw new UncheckedIOException("no files for the index in " + directory, e);
        }
    }

    @Override
    public synchronized void close() {
        files.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OpenFiles openOrCreate() throws IOException {
        if (Files.exists(path("manifest"))) {
            try {
                return openKept();
            } catch (IllegalStateException | IllegalArgumentException | IOException e) {
                LOG.warnf("index files are not used: reason=%s", e.getMessage());
            }
        }
        return create(random.nextLong());
    }

    private OpenFiles openKept() throws IOException {
        Manifest manifest = Manifest.read(path("manifest"), keys);
        try {
            return open(manifest);
        } catch (IOException | RuntimeException e) {
            manifest.close();
            throw e;
        }
    }

    /// Without the list nothing of the other files can be opened, so it goes first.
    private OpenFiles create(long seed) throws IOException {
        for (String name : List.of("manifest", "codes", "vectors")) {
            Files.deleteIfExists(path(name));
        }
        return open(Manifest.create(path("manifest"), keys, seed));
    }

    private OpenFiles open(Manifest manifest) throws IOException {
        List<Manifest.Listed> kept = manifest.extents();
        MappedFile codes = MappedFile.open(path("codes"));
        MappedFile vectors = MappedFile.open(path("vectors"));
        // What no record lists was left by a process that ended before it could, or is of a newer list than this one.
        trim(codes, kept.stream().mapToLong(KeptStore::endOfCodes).max().orElse(0));
        trim(vectors, kept.stream().mapToLong(KeptStore::endOfVectors).max().orElse(0));
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        Session session = new Session(manifest.addSession(salt));
        return new OpenFiles(manifest, codes, vectors, codes.map(), vectors.map(), kept, session);
    }

    private static void trim(MappedFile file, long length) throws IOException {
        if (file.length() < length) {
            file.close();
            throw new IllegalStateException("a file is cut");
        }
        file.cut(length);
    }

    private static long endOfCodes(Manifest.Listed extent) {
        return extent.codesAt() + (long) extent.rows() * Extent.codeBytes(new Layout(extent.dimension()));
    }

    private static long endOfVectors(Manifest.Listed extent) {
        return extent.vectorsAt() + (long) extent.rows() * Extent.vectorBytes(extent.dimension());
    }

    private RowSeal.Keys keys(OpenFiles current, Space space, int dimension, String kind) {
        return session -> {
            List<byte[]> salts = current.manifest().salts();
            if (session < 1 || session > salts.size()) {
                return Optional.empty();
            }
            String salt = HexFormat.of().formatHex(salts.get(session - 1));
            Tenant tenant = space.tenant();
            String purpose = "menso index " + kind + "|" + space.revision() + "|" + dimension + "|" + salt;
            return keys.derive(tenant, purpose).map(Key.class::cast);
        };
    }

    private Path path(String name) {
        return directory.resolve(name);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /// The rows of one space in the three files.
    private record KeptRoom(OpenFiles files, Space space, int dimension, Codec codec, Seals seals) implements Room {

        @Override
        public List<Extent> kept() {
            return files.kept().stream()
                    .filter(listed -> listed.space().equals(space) && listed.dimension() == dimension)
                    .map(this::extent)
                    .toList();
        }

        @Override
        public Extent allocate(int rows) {
            MappedFile.Part vectors = files.vectors().allocate((long) rows * Extent.vectorBytes(dimension));
            MappedFile.Part codes = files.codes().allocate((long) rows * Extent.codeBytes(codec.layout()));
            files.manifest()
                    .addExtent(
                            new Manifest.Listed(space, dimension, codec.fingerprint(), rows, codes.at(), vectors.at()));
            return new Extent(space, codec.layout(), dimension, rows, seals, vectors, codes);
        }

        private Extent extent(Manifest.Listed listed) {
            return new Extent(
                    space,
                    codec.layout(),
                    dimension,
                    listed.rows(),
                    seals,
                    part(files.keptVectors(), listed.vectorsAt(), listed.rows(), Extent.vectorBytes(dimension)),
                    part(files.keptCodes(), listed.codesAt(), listed.rows(), Extent.codeBytes(codec.layout())));
        }

        private static MappedFile.Part part(MemorySegment file, long at, int rows, int slot) {
            return new MappedFile.Part(at, file.asSlice(at, (long) rows * slot));
        }
    }
}
