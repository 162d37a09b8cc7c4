package io.menso.matching.index.local;

import io.menso.matching.index.Entry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.UUID;

/// Some rows: their codes, whose they are, and from which change to which they are valid.
///
/// Level 0 has arrays of its own, through which every search runs. All else of a row lies together: a cache line
/// with whose it is and with the factors of its code, then the code's words. A row is written only while no search
/// can see it, that is before the change that it belongs to is published.
final class Chunk {

    /// A row that no change has ended.
    static final long NEVER = Long.MAX_VALUE;

    /// Born in no change yet: the row was found in a file, and the database has not been asked.
    static final long KEPT = Long.MAX_VALUE;
    /// Born in no change yet: the row was found in a file, and the database has it as well.
    static final long CONFIRMED = Long.MAX_VALUE - 1;

    /// No row.
    static final int NONE = -1;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private static final int HIGH = 0;
    private static final int LOW = 8;
    private static final int VERSION = 16;
    private static final int BORN = 24;
    private static final int DIED = 32;
    private static final int FORMER = 40;
    /// Inverse and spread of level 1, then of level 2.
    private static final int FACTORS = 44;

    private final Layout layout;
    private final int capacity;
    private final Extent extent;
    private final MemorySegment memory;
    private final MemorySegment scanned;
    private final MemorySegment inverses;
    private final MemorySegment spreads;
    private final MemorySegment rows;

    /// @param extent a multiple of [Layout#BLOCK] rows
    Chunk(Layout layout, Extent extent) {
        this.layout = layout;
        this.capacity = extent.rows();
        this.extent = extent;
        long scan = (long) layout.scanBytes() * capacity;
        long factor = (long) Float.BYTES * capacity;
        long all = (long) layout.rowBytes() * capacity;
        this.memory = Memory.allocate(scan + all + 2 * factor);
        this.scanned = memory.asSlice(0, scan);
        this.rows = memory.asSlice(scan, all);
        this.inverses = memory.asSlice(scan + all, factor);
        this.spreads = memory.asSlice(scan + all + factor, factor);
    }

    int capacity() {
        return capacity;
    }

    /// Bytes outside the heap, without the file.
    long bytes() {
        return memory.byteSize();
    }

    /// Codes of level 0, 64 rows side by side.
    MemorySegment scanned() {
        return scanned;
    }

    /// Inverses of level 0.
    MemorySegment inverses() {
        return inverses;
    }

    /// Spreads of level 0.
    MemorySegment spreads() {
        return spreads;
    }

    /// Rows one after another, their words behind [Layout#HEADER] bytes.
    MemorySegment rows() {
        return rows;
    }

    /// @param level 1 or more
    float inverse(int level, int row) {
        return rows.get(FLOAT, factors(level, row));
    }

    /// @param level 1 or more
    float spread(int level, int row) {
        return rows.get(FLOAT, factors(level, row) + Float.BYTES);
    }

    boolean isOwnedBy(int row, UUID user) {
        return rows.get(LONG, at(row) + LOW) == user.getLeastSignificantBits()
                && rows.get(LONG, at(row) + HIGH) == user.getMostSignificantBits()
                && version(row) != 0;
    }

    UUID user(int row) {
        return new UUID(rows.get(LONG, at(row) + HIGH), rows.get(LONG, at(row) + LOW));
    }

    /// 0 for a row without an owner.
    long version(int row) {
        return rows.get(LONG, at(row) + VERSION);
    }

    long born(int row) {
        return rows.get(LONG, at(row) + BORN);
    }

    /// Whether a search that sees the changes up to this one sees the row.
    boolean isVisible(int row, long change) {
        long died = rows.get(LONG, at(row) + DIED);
        VarHandle.loadLoadFence();
        return change < died && born(row) <= change && version(row) != 0;
    }

    /// Place of the row that this one replaced, or [#NONE].
    int former(int row) {
        return rows.get(INT, at(row) + FORMER);
    }

    /// @throws io.menso.matching.index.DamagedRow when the file holds something else
    float[] vector(int row) {
        return extent.read(row, user(row), version(row));
    }

    boolean isReadable(int row) {
        return extent.isReadable(row, user(row), version(row));
    }

    /// Fills a free row; the change is not published yet.
    ///
    /// @param replaced place of the row that this one replaces, or [#NONE]
    void write(int row, Entry entry, Code code, long change, int replaced) {
        extent.write(row, entry, code);
        fill(row, new KeptRow(entry.user(), entry.version(), code), change, replaced);
    }

    /// Fills a row with what its file holds, as [#KEPT].
    ///
    /// @return whether the file holds a row
    boolean restore(int row) {
        Optional<KeptRow> kept = extent.kept(row);
        kept.ifPresent(found -> fill(row, found, KEPT, NONE));
        return kept.isPresent();
    }

    /// Wipes what a file holds of a row that nobody has seen.
    void wipeFile(int row) {
        extent.wipe(row);
    }

    void setBorn(int row, long change) {
        rows.set(LONG, at(row) + BORN, change);
    }

    private void fill(int row, KeptRow content, long born, int replaced) {
        Code code = content.code();
        long offset = layout.scanOffset(row);
        for (int at = 0; at < layout.scanBytes(); at++) {
            scanned.set(ValueLayout.JAVA_BYTE, offset + (long) at * Layout.BLOCK, code.scanByte(at));
        }
        MemorySegment.copy(code.words(), 0, rows, LONG, at(row) + Layout.HEADER, layout.rowWords());
        inverses.setAtIndex(FLOAT, row, code.inverse(0));
        spreads.setAtIndex(FLOAT, row, code.spread(0));
        for (int level = 1; level < layout.levels(); level++) {
            rows.set(FLOAT, factors(level, row), code.inverse(level));
            rows.set(FLOAT, factors(level, row) + Float.BYTES, code.spread(level));
        }
        rows.set(LONG, at(row) + HIGH, content.user().getMostSignificantBits());
        rows.set(LONG, at(row) + LOW, content.user().getLeastSignificantBits());
        rows.set(INT, at(row) + FORMER, replaced);
        rows.set(LONG, at(row) + BORN, born);
        // A row with a version is complete, whoever looks; one that has not died also says when it was born. Else a
        // reader that met the row's former life half-way could take the new one for visible.
        VarHandle.storeStoreFence();
        rows.set(LONG, at(row) + VERSION, content.version());
        VarHandle.storeStoreFence();
        rows.set(LONG, at(row) + DIED, NEVER);
    }

    void end(int row, long change) {
        rows.set(LONG, at(row) + DIED, change);
    }

    /// Forgets a row that no search can see any more.
    void wipe(int row) {
        long offset = layout.scanOffset(row);
        for (int at = 0; at < layout.scanBytes(); at++) {
            scanned.set(ValueLayout.JAVA_BYTE, offset + (long) at * Layout.BLOCK, (byte) 0);
        }
        inverses.setAtIndex(FLOAT, row, 0);
        spreads.setAtIndex(FLOAT, row, 0);
        rows.asSlice(at(row), layout.rowBytes()).fill((byte) 0);
        extent.wipe(row);
    }

    boolean isWiped() {
        return isZero(memory) && extent.isWiped();
    }

    static boolean isZero(MemorySegment memory) {
        long size = memory.byteSize();
        return size == 0
                || memory.get(ValueLayout.JAVA_BYTE, 0) == 0
                        && MemorySegment.mismatch(memory, 0, size - 1, memory, 1, size) < 0;
    }

    private long at(int row) {
        return (long) row * layout.rowBytes();
    }

    private long factors(int level, int row) {
        return at(row) + FACTORS + (level - 1) * 2L * Float.BYTES;
    }
}
