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
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Writers replace, add and remove while readers search: nobody who is there all the time is ever missed or seen
/// twice, and no reader ever sees a row that mixes two faces, belongs to somebody else, or is half of a change.
@Tag("optimised")
class LocalIndexConcurrencyTest {

    private static final Space SPACE = new Space(Tenant.of("acme", "production"), "rev1");
    private static final int LASTING = 40;
    private static final int GUESTS = 2_000;
    private static final int SEARCHES = 300;

    /// All looks of everybody are near the query, and differ from those of everybody else.
    private final float[] query = Vectors.at(1, 1);

    private final LocalIndex index = Indexes.with(new ScalarKernel(), Mode.STANDARD);
    private final List<UUID> lasting =
            Stream.generate(UUID::randomUUID).limit(LASTING).toList();
    private final AtomicBoolean done = new AtomicBoolean();

    private static float[] look(int user, long version) {
        return Vectors.at(0.9 + user * 0.001 + version % 2 * 0.0005, 1 + user % 15);
    }

    /// All lasting users with the same version, in one change.
    private List<Entry> everybody(long version) {
        return IntStream.range(0, LASTING)
                .mapToObj(user -> new Entry(lasting.get(user), version, look(user, version)))
                .toList();
    }

    /// Each user apart, so that users have different versions at a time.
    private Callable<Integer> replacer(int from, int step) {
        return () -> {
            int version = 1;
            do {
                version++;
                for (int user = from; user < LASTING; user += step) {
                    index.put(SPACE, List.of(new Entry(lasting.get(user), version, look(user, version))));
                }
            } while (!done.get());
            return version;
        };
    }

    private Callable<Integer> replacerOfAll() {
        return () -> {
            int version = 1;
            do {
                index.put(SPACE, everybody(++version));
            } while (!done.get());
            return version;
        };
    }

    /// Strangers come in numbers that let the space grow several times, some again after they were removed.
    private Callable<Integer> comingAndGoing(int guests) {
        return () -> {
            Random random = new Random(3);
            int count = 0;
            do {
                List<Entry> batch = new ArrayList<>();
                for (int i = 0; i < guests; i++) {
                    batch.add(new Entry(UUID.randomUUID(), 1, Vectors.at(-0.9 + random.nextDouble() * 0.1, 2)));
                }
                index.put(SPACE, batch);
                batch.forEach(entry -> index.remove(SPACE, entry.user()));
                index.put(SPACE, batch.subList(0, guests / 4));
                batch.subList(0, guests / 4).forEach(entry -> index.remove(SPACE, entry.user()));
                count++;
            } while (!done.get());
            return count;
        };
    }

    private Callable<Integer> reader(boolean filtered, boolean together) {
        return () -> {
            Candidates candidates = Candidates.of(lasting);
            for (int i = 0; i < SEARCHES; i++) {
                List<Hit> hits = filtered
                        ? index.search(SPACE, query, LASTING * 2, 0.5, candidates)
                        : index.search(SPACE, query, LASTING * 2, 0.5);
                requireEverybodyOnce(hits);
                if (together) {
                    assertThat(hits.stream().map(Hit::version).distinct())
                            .as("versions of one change")
                            .hasSize(1);
                }
            }
            return SEARCHES;
        };
    }

    private void requireEverybodyOnce(List<Hit> hits) {
        assertThat(hits).extracting(Hit::user).containsExactlyInAnyOrderElementsOf(lasting);
        for (Hit hit : hits) {
            float[] look = look(lasting.indexOf(hit.user()), hit.version());
            assertThat(hit.cosine()).isEqualTo(BruteForce.dot(look, query));
        }
    }

    private void run(List<Callable<Integer>> writers, List<Callable<Integer>> readers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(writers.size() + readers.size());
        try {
            List<Future<Integer>> writing =
                    writers.stream().map(threads::submit).toList();
            for (Future<Integer> reader : readers.stream().map(threads::submit).toList()) {
                assertThat(reader.get()).isEqualTo(SEARCHES);
            }
            done.set(true);
            for (Future<Integer> writer : writing) {
                assertThat(writer.get()).isPositive();
            }
        } finally {
            done.set(true);
            threads.shutdown();
        }
        requireOnlyLastingLeft();
    }

    private void requireOnlyLastingLeft() {
        assertThat(index.size()).isEqualTo(LASTING);
        assertThat(index.freeRows(SPACE))
                .as("all rows that were left are free again")
                .isEqualTo(index.rows(SPACE) - LASTING);
        lasting.forEach(user -> index.remove(SPACE, user));
        assertThat(index.isWiped(SPACE)).as("nothing is left of anybody").isTrue();
    }

    @RepeatedTest(2)
    void readersSeeWholeRowsOfEverybodyWhileWritersWork() throws Exception {
        index.put(SPACE, everybody(1));

        run(
                List.of(replacer(0, 2), replacer(1, 2), comingAndGoing(30)),
                List.of(reader(false, false), reader(true, false), reader(true, false)));
    }

    @Test
    void readersSeeEverybodyOnceWhileTheSpaceGrowsAndShrinks() throws Exception {
        index.put(SPACE, everybody(1));

        run(List.of(replacer(0, 1), comingAndGoing(GUESTS)), List.of(reader(false, false), reader(true, false)));

        assertThat(index.rows(SPACE)).as("rows after several growths").isGreaterThan(GUESTS);
    }

    @Test
    void readersSeeAllOrNothingOfAChange() throws Exception {
        index.put(SPACE, everybody(1));

        run(List.of(replacerOfAll(), comingAndGoing(100)), List.of(reader(false, true), reader(true, true)));
    }

    /// A search that ends with the removal leaves nothing behind that only the next change would wipe.
    @Test
    void nothingIsLeftOfARemovedFaceOnceReaderAndWriterHaveEnded() throws Exception {
        int rounds = 3000;
        UUID user = lasting.getFirst();
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<?> reader = threads.submit(() -> {
                for (int round = 1; round <= rounds; round++) {
                    awaitAtLeast(begun, round);
                    index.version(SPACE, user);
                    ended.set(round);
                }
            });
            for (int round = 1; round <= rounds; round++) {
                index.put(SPACE, List.of(new Entry(user, round, look(0, round))));
                begun.set(round);
                index.remove(SPACE, user);
                awaitAtLeast(ended, round);
                assertThat(index.freeRows(SPACE)).as("round %d", round).isEqualTo(index.rows(SPACE));
            }
            reader.get();
        } finally {
            begun.set(rounds);
            threads.shutdown();
        }
        assertThat(index.isWiped(SPACE)).isTrue();
    }

    private static void awaitAtLeast(AtomicInteger number, int least) {
        while (number.get() < least) {
            Thread.yield();
        }
    }
}
