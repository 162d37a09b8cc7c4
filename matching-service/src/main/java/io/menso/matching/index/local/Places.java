package io.menso.matching.index.local;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.UUID;

/// Finds a user's newest row: an open hash table of places, four bytes each, whose keys lie in the rows themselves.
///
/// One writer at a time; readers need no lock.
final class Places {

    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int SMALLEST = 16;
    private static final int EMPTY = 0;
    private static final int REMOVED = -1;

    private final Owners owners;
    private volatile int[] table = new int[SMALLEST];
    private int used;
    private volatile int size;

    /// Tells whose row a place is.
    interface Owners {

        boolean isOwnedBy(int place, UUID user);

        UUID user(int place);
    }

    Places(Owners owners) {
        this.owners = owners;
    }

    int size() {
        return size;
    }

    /// @return [Chunk#NONE] for a user without a row
    int find(UUID user) {
        int[] slots = table;
        int slot = slot(slots, user);
        int value = slot < 0 ? EMPTY : (int) SLOTS.getAcquire(slots, slot);
        return value > 0 ? value - 1 : Chunk.NONE;
    }

    void put(UUID user, int place) {
        int slot = slot(table, user);
        if (slot >= 0) {
            SLOTS.setRelease(table, slot, place + 1);
            return;
        }
        if ((used + 1) * 2 > table.length) {
            rebuild();
        }
        insert(table, user, place);
        used++;
        size++;
    }

    void remove(UUID user) {
        int slot = slot(table, user);
        if (slot >= 0) {
            SLOTS.setRelease(table, slot, REMOVED);
            size--;
        }
    }

    /// Without the removed ones, twice as large when it is still half full.
    private void rebuild() {
        int length = table.length;
        while ((size + 1) * 3 > length) {
            length *= 2;
        }
        int[] larger = new int[length];
        for (int value : table) {
            if (value > 0) {
                insert(larger, owners.user(value - 1), value - 1);
            }
        }
        used = size;
        table = larger;
    }

    private static void insert(int[] slots, UUID user, int place) {
        int slot = hash(user) & slots.length - 1;
        while (slots[slot] != EMPTY) {
            slot = slot + 1 & slots.length - 1;
        }
        SLOTS.setRelease(slots, slot, place + 1);
    }

    private int slot(int[] slots, UUID user) {
        int slot = hash(user) & slots.length - 1;
        int value;
        while ((value = (int) SLOTS.getAcquire(slots, slot)) != EMPTY) {
            if (value > 0 && owners.isOwnedBy(value - 1, user)) {
                return slot;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return -1;
    }

    /// Murmur3's finalizer over both halves.
    private static int hash(UUID user) {
        long bits = user.getMostSignificantBits() * 31 + user.getLeastSignificantBits();
        bits = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
        bits = (bits ^ bits >>> 33) * 0xc4ceb9fe1a85ec53L;
        return (int) (bits ^ bits >>> 33);
    }
}
