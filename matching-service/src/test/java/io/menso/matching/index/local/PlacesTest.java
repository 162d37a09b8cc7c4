package io.menso.matching.index.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("optimised")
class PlacesTest {

    private static final int CAPACITY = 1 << 12;
    private static final int LASTING = 100;

    /// Whose each place is, in place of the rows.
    private final AtomicReferenceArray<@Nullable UUID> rows = new AtomicReferenceArray<>(CAPACITY);

    private final Places places = new Places(new Places.Owners() {
        @Override
        public boolean isOwnedBy(int place, UUID user) {
            return user.equals(rows.get(place));
        }

        @Override
        public UUID user(int place) {
            UUID user = rows.get(place);
            assertThat(user).as("owner of a place in the table").isNotNull();
            return user;
        }
    });

    private void put(UUID user, int place) {
        rows.set(place, user);
        places.put(user, place);
    }

    private void remove(UUID user, int place) {
        places.remove(user);
        rows.set(place, null);
    }

    @Test
    void findsWhatAMapFindsThroughChangesAndRebuilds() {
        Random random = new Random(2);
        Map<UUID, Integer> expected = new HashMap<>();
        List<UUID> everybody = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        for (int place = 0; place < CAPACITY; place++) {
            free.add(place);
        }
        for (int change = 0; change < 20_000; change++) {
            UUID user = everybody.isEmpty() || random.nextInt(3) == 0
                    ? new UUID(random.nextLong(), random.nextLong())
                    : everybody.get(random.nextInt(everybody.size()));
            Integer known = expected.get(user);
            boolean full = expected.size() > CAPACITY / 2;
            if (known != null && (full || random.nextInt(2) == 0)) {
                remove(user, known);
                free.add(expected.remove(user));
            } else if (!full || known != null) {
                int place = free.remove(random.nextInt(free.size()));
                put(user, place);
                if (known != null) {
                    rows.set(known, null);
                    free.add(known);
                }
                expected.put(user, place);
                everybody.add(user);
            }
            assertThat(places.size()).isEqualTo(expected.size());
            assertThat(places.find(user)).isEqualTo(expected.getOrDefault(user, Chunk.NONE));
        }
        for (UUID user : everybody) {
            assertThat(places.find(user)).isEqualTo(expected.getOrDefault(user, Chunk.NONE));
        }
    }

    @Test
    void findsUsersWhoseIdsCollide() {
        // Ids with the same hash: what is added to one half is taken from the other.
        for (int i = 0; i < 200; i++) {
            put(new UUID(i, -31L * i), i);
        }
        for (int i = 0; i < 200; i += 2) {
            remove(new UUID(i, -31L * i), i);
        }
        for (int i = 0; i < 200; i++) {
            assertThat(places.find(new UUID(i, -31L * i))).isEqualTo(i % 2 == 0 ? Chunk.NONE : i);
        }
    }

    /// Each lasting user moves to and fro between two places while others come and go, and the table is rebuilt.
    @Test
    void readersFindLastingUsersWhileTheTableIsRebuilt() throws Exception {
        List<UUID> lasting = new ArrayList<>();
        for (int i = 0; i < LASTING; i++) {
            lasting.add(UUID.randomUUID());
            rows.set(LASTING + i, lasting.get(i));
            put(lasting.get(i), i);
        }
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> readers =
                    List.of(threads.submit(() -> read(lasting, done)), threads.submit(() -> read(lasting, done)));
            write(lasting);
            done.set(true);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        } finally {
            done.set(true);
            threads.shutdown();
        }
    }

    private int read(List<UUID> lasting, AtomicBoolean done) {
        int count = 0;
        do {
            for (int i = 0; i < LASTING; i++) {
                assertThat(places.find(lasting.get(i))).isIn(i, LASTING + i);
            }
            count++;
        } while (!done.get());
        return count;
    }

    private void write(List<UUID> lasting) {
        Random random = new Random(6);
        for (int round = 0; round < 500; round++) {
            int guests = random.nextInt(CAPACITY / 2);
            List<UUID> coming = new ArrayList<>();
            for (int i = 0; i < guests; i++) {
                coming.add(new UUID(random.nextLong(), random.nextLong()));
                put(coming.get(i), 2 * LASTING + i);
            }
            for (int i = 0; i < LASTING; i++) {
                places.put(lasting.get(i), round % 2 == 0 ? LASTING + i : i);
            }
            for (int i = 0; i < guests; i++) {
                remove(coming.get(i), 2 * LASTING + i);
            }
        }
        assertThat(places.size()).isEqualTo(LASTING);
    }
}
