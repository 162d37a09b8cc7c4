package io.menso.matching.index.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.commons.web.Tenant;
import io.menso.matching.Vectors;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Hit;
import io.menso.matching.index.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;

/// Writers replace, add and remove while readers search: nobody who is there all the time is ever missed, and no
/// reader ever sees a row that mixes two faces or belongs to somebody else.
class LocalIndexConcurrencyTest {

    private static final Space SPACE = new Space(Tenant.of("acme", "production"), "rev1");
    private static final int LASTING = 40;
    private static final int SEARCHES = 300;

    /// Both looks of everybody are near the query, and differ from those of everybody else.
    private final float[] query = Vectors.at(1, 1);

    private final LocalIndex index = LocalIndex.create();
    private final List<UUID> lasting =
            Stream.generate(UUID::randomUUID).limit(LASTING).toList();
    private final AtomicBoolean done = new AtomicBoolean();

    private static float[] look(int user, boolean second) {
        return Vectors.at(0.9 + user * 0.001 + (second ? 0.0005 : 0), 1 + user % 15);
    }

    private double cosine(int user, boolean second) {
        double sum = 0;
        float[] look = look(user, second);
        for (int i = 0; i < look.length; i++) {
            sum += (double) look[i] * query[i];
        }
        return sum;
    }

    private Callable<Integer> replacer(int from, int step) {
        return () -> {
            long version = 2;
            while (!done.get()) {
                version++;
                for (int user = from; user < LASTING; user += step) {
                    index.put(SPACE, List.of(new Entry(lasting.get(user), version, look(user, version % 2 == 0))));
                }
            }
            return (int) version;
        };
    }

    private Callable<Integer> comingAndGoing() {
        return () -> {
            Random random = new Random(3);
            int count = 0;
            while (!done.get()) {
                List<Entry> batch = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    batch.add(new Entry(UUID.randomUUID(), 1, Vectors.at(-0.9 + random.nextDouble() * 0.1, 2)));
                }
                index.put(SPACE, batch);
                batch.forEach(entry -> index.remove(SPACE, entry.user()));
                count++;
            }
            return count;
        };
    }

    private Callable<Integer> reader(boolean filtered) {
        return () -> {
            Candidates candidates = Candidates.of(lasting);
            for (int i = 0; i < SEARCHES; i++) {
                List<Hit> hits = filtered
                        ? index.search(SPACE, query, LASTING * 2, 0.5, candidates)
                        : index.search(SPACE, query, LASTING * 2, 0.5);
                check(hits);
            }
            return SEARCHES;
        };
    }

    private void check(List<Hit> hits) {
        assertThat(hits).extracting(Hit::user).containsExactlyInAnyOrderElementsOf(lasting);
        for (Hit hit : hits) {
            int user = lasting.indexOf(hit.user());
            assertThat(hit.cosine()).isIn(Set.of(cosine(user, false), cosine(user, true)));
            assertThat(hit.cosine()).isEqualTo(cosine(user, hit.version() % 2 == 0));
        }
    }

    @RepeatedTest(2)
    void readersSeeWholeRowsOfEverybodyWhileWritersWork() throws Exception {
        for (int user = 0; user < LASTING; user++) {
            index.put(SPACE, List.of(new Entry(lasting.get(user), 1, look(user, false))));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<Integer>> writers = Stream.of(replacer(0, 2), replacer(1, 2), comingAndGoing())
                    .map(threads::submit)
                    .toList();
            List<Future<Integer>> readers = Stream.of(reader(false), reader(true), reader(true))
                    .map(threads::submit)
                    .toList();
            try {
                for (Future<Integer> reader : readers) {
                    assertThat(reader.get()).isEqualTo(SEARCHES);
                }
            } finally {
                done.set(true);
            }
            for (Future<Integer> writer : writers) {
                assertThat(writer.get()).isPositive();
            }
        }
        assertThat(index.size()).isEqualTo(LASTING);
        assertThat(index.freeRows(SPACE))
                .as("all rows that were left are free again")
                .isEqualTo(index.rows(SPACE) - LASTING);
    }
}
