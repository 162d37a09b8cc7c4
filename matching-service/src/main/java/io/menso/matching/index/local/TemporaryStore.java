package io.menso.matching.index.local;

import io.menso.matching.index.Space;
import java.nio.file.Path;
import java.security.Key;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/// One file of vectors, without a name, under a key that this process alone has: worth nothing to anybody else,
/// nor after the process ended.
final class TemporaryStore implements Store {

    private static final int KEY_BYTES = 32;

    private final Path directory;
    private final long seed;
    private final Session session = new Session(1);
    private final Seals seals;
    private MappedFile file;

    /// @param directory made when it is absent
    TemporaryStore(Path directory) {
        SecureRandom random = new SecureRandom();
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        Optional<Key> key = Optional.of(new SecretKeySpec(bytes, "AES"));
        RowSeal seal = new RowSeal(session, number -> number == session.number() ? key : Optional.empty());
        this.directory = directory;
        this.seed = random.nextLong();
        this.seals = new Seals(seal, seal);
        this.file = MappedFile.temporary(directory);
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public Map<Space, Integer> kept() {
        return Map.of();
    }

    @Override
    public boolean fits(Space space, Codec codec) {
        return true;
    }

    @Override
    public synchronized Room room(Space space, int dimension, Codec codec) {
        MappedFile current = file;
        return new Room() {

            @Override
            public List<Extent> kept() {
                return List.of();
            }

            @Override
            public Extent allocate(int rows) {
                MappedFile.Part vectors = current.allocate((long) rows * Extent.vectorBytes(dimension));
                return new Extent(space, codec.layout(), dimension, rows, seals, vectors, null);
            }
        };
    }

    @Override
    public synchronized void clear() {
        MappedFile former = file;
        file = MappedFile.temporary(directory);
        former.close();
    }

    @Override
    public synchronized void close() {
        file.close();
    }
}
