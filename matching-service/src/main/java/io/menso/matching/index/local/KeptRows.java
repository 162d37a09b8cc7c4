package io.menso.matching.index.local;

import io.menso.matching.index.Splitter;
import io.menso.matching.index.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;

/// Rows that a file held when the process began: they are read, then compared with the database, and those that it
/// has as well are shown. Whoever changes a user meanwhile drops the user's kept row.
///
/// For one writer at a time, but for [#read].
final class KeptRows {

    /// Vectors that are opened of each chunk, as a sample: were the file of vectors another one, each search would
    /// have to mend rows one by one.
    private static final int SAMPLES = 16;

    private final Rows rows;
    private final Places places;
    private volatile boolean read;
    private volatile int count;
    private volatile long highest;

    KeptRows(Rows rows, Places places) {
        this.rows = rows;
        this.places = places;
    }

    /// Rows that are neither shown nor dropped.
    int count() {
        return count;
    }

    /// Highest version of all rows that were read.
    long highest() {
        return highest;
    }

    /// Opens all rows, chunk by chunk. No writer knows them before they were listed.
    ///
    /// @return for each chunk whether a row was found there, row by row
    boolean[][] read(Splitter splitter) {
        boolean[][] found = new boolean[rows.keptChunks()][];
        splitter.run(found.length, index -> found[index] = read(rows.chunks()[index]));
        return found;
    }

    /// Makes known what was read, once; later, only that the database is asked anew.
    void list(boolean[][] found) {
        if (read) {
            forEach(place -> rows.chunk(place).setBorn(Snapshot.row(place), Chunk.KEPT));
            return;
        }
        read = true;
        for (int index = 0; index < found.length; index++) {
            for (int row = 0; row < found[index].length; row++) {
                list(Snapshot.place(index, row), found[index][row]);
            }
        }
    }

    boolean isRead() {
        return read;
    }

    /// @return users whose rows are missing or of another version
    List<UUID> confirm(Versions known) {
        List<UUID> missing = new ArrayList<>();
        known.forEach((user, version) -> {
            int place = places.find(user);
            if (place != Chunk.NONE && rows.version(place) == version && rows.isKept(place)) {
                rows.chunk(place).setBorn(Snapshot.row(place), Chunk.CONFIRMED);
            } else if (place == Chunk.NONE || rows.version(place) < version || rows.isKept(place)) {
                missing.add(user);
            }
        });
        return missing;
    }

    /// Shows the confirmed rows with a change that will be published, and drops the others.
    void show(long change) {
        forEach(place -> {
            if (rows.born(place) == Chunk.CONFIRMED) {
                rows.chunk(place).setBorn(Snapshot.row(place), change);
                count--;
            } else {
                drop(place);
            }
        });
    }

    /// Wipes a row that nobody has seen.
    void drop(int place) {
        places.remove(rows.user(place));
        rows.wipe(place);
        count--;
    }

    private void list(int place, boolean found) {
        if (!found) {
            rows.wipeFile(place);
            return;
        }
        highest = Math.max(highest, rows.version(place));
        UUID user = rows.user(place);
        int other = places.find(user);
        if (other != Chunk.NONE && (!rows.isKept(other) || rows.version(other) >= rows.version(place))) {
            rows.wipe(place);
            return;
        }
        if (other != Chunk.NONE) {
            drop(other);
        }
        places.put(user, place);
        count++;
    }

    private boolean[] read(Chunk chunk) {
        boolean[] found = new boolean[chunk.capacity()];
        int step = Math.max(1, chunk.capacity() / SAMPLES);
        boolean intact = true;
        for (int row = 0; row < found.length; row++) {
            found[row] = chunk.restore(row);
            intact &= !found[row] || row % step != 0 || chunk.isReadable(row);
        }
        return intact ? found : none(chunk, found);
    }

    private static boolean[] none(Chunk chunk, boolean[] found) {
        for (int row = 0; row < found.length; row++) {
            if (found[row]) {
                chunk.wipe(row);
            }
        }
        return new boolean[found.length];
    }

    private void forEach(IntConsumer action) {
        for (int index = 0; index < rows.keptChunks(); index++) {
            Chunk chunk = rows.chunks()[index];
            for (int row = 0; row < chunk.capacity(); row++) {
                if (chunk.version(row) != 0 && chunk.born(row) >= Chunk.CONFIRMED) {
                    action.accept(Snapshot.place(index, row));
                }
            }
        }
    }
}
