package io.menso.matching.index.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.commons.web.Tenant;
import io.menso.matching.Vectors;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Space;
import io.menso.matching.index.Splitter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A space large enough to be cut into parts, which threads search at the same time and in any order.
@Tag("optimised")
class LocalIndexSplitTest {

    private static final Space SPACE = new Space(Tenant.of("acme", "production"), "rev1");
    private static final double ALL = -2;
    private static final int DIMENSION = 64;
    private static final int ROWS = 100_000;
    private static final int TWINS = 300;

    private static final Random RANDOM = new Random(4);
    private static final float[] FACE = Vectors.random(RANDOM, DIMENSION);
    private static final List<Entry> ENTRIES = new ArrayList<>();
    private static final Set<Integer> PARTS = ConcurrentHashMap.newKeySet();

    private static LocalIndex index;

    @BeforeAll
    static void fill() {
        index = Indexes.with(Kernels.best(), Mode.STANDARD, parallel());
        for (int i = 0; i < ROWS; i++) {
            float[] vector = i % (ROWS / TWINS) == 0 ? FACE : Shape.moved(RANDOM, FACE, 0.5 + RANDOM.nextDouble());
            ENTRIES.add(new Entry(new UUID(RANDOM.nextLong(), RANDOM.nextLong()), 1, vector));
        }
        index.put(SPACE, ENTRIES);
    }

    @AfterAll
    static void close() {
        index.close();
    }

    /// All parts at once, the last ones first.
    private static Splitter parallel() {
        return (parts, part) -> {
            List<Integer> numbers =
                    new ArrayList<>(IntStream.range(0, parts).boxed().toList());
            Collections.reverse(numbers);
            numbers.parallelStream().forEach(number -> {
                PARTS.add(number);
                part.accept(number);
            });
        };
    }

    @Test
    void findsTheSameInPartsThatShareTheirFloor() {
        for (float[] query : List.of(Vectors.random(RANDOM, DIMENSION), Shape.moved(RANDOM, FACE, 0.4))) {
            for (double threshold : new double[] {ALL, 0.6}) {
                assertThat(index.search(SPACE, query, 10, threshold))
                        .isEqualTo(BruteForce.search(ENTRIES, query, 10, threshold));
            }
        }
        assertThat(PARTS).as("parts that were searched").hasSizeGreaterThan(1);
    }

    @Test
    void breaksTiesAcrossPartsByTheTextOfTheId() {
        for (int k : new int[] {1, TWINS / 2, 2 * TWINS}) {
            for (int repeated = 0; repeated < 3; repeated++) {
                assertThat(index.search(SPACE, FACE, k, 0.99)).isEqualTo(BruteForce.search(ENTRIES, FACE, k, 0.99));
            }
        }
    }

    @Test
    void findsTheSameForSeveralProbesInOnePass() {
        List<float[]> queries = List.of(
                FACE, Vectors.random(RANDOM, DIMENSION), Shape.moved(RANDOM, FACE, 0.2), Shape.scaled(FACE, -1), FACE);

        assertThat(index.search(SPACE, queries, 7, ALL))
                .isEqualTo(queries.stream()
                        .map(query -> BruteForce.search(ENTRIES, query, 7, ALL))
                        .toList());
    }

    @Test
    void findsTheSameAmongFewAndAmongMany() {
        List<Entry> shuffled = new ArrayList<>(ENTRIES);
        Collections.shuffle(shuffled, RANDOM);
        for (int count : new int[] {1, 1500, 3000, 50_000}) {
            List<Entry> some = shuffled.subList(0, count);
            List<UUID> users = new ArrayList<>(some.stream().map(Entry::user).toList());
            users.add(UUID.randomUUID());
            users.addAll(users.subList(0, 1 + count / 2));

            assertThat(index.search(SPACE, FACE, 20, 0.3, Candidates.of(users)))
                    .as("among %d", count)
                    .isEqualTo(BruteForce.search(some, FACE, 20, 0.3));
        }
    }
}
