package io.menso.matching.index.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.commons.web.Tenant;
import io.menso.matching.Vectors;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many random searches without one difference to brute force, each two thousand under a rotation of their own.
///
/// `-Dmenso.searches=1000000` makes it a million.
@Tag("optimised")
class ManySearchesTest {

    private static final Space SPACE = new Space(Tenant.of("acme", "production"), "rev1");
    private static final int SEARCHES = Integer.getInteger("menso.searches", 20_000);
    private static final int SEARCHES_OF_AN_INDEX = 2_000;
    private static final int SEARCHES_OF_A_BATCH = 20;
    private static final int ROWS = 400;
    private static final int[] DIMENSIONS = {64, 64, 64, 128};

    private long read;

    @Test
    void answersAsBruteForceDoesEveryTime() {
        long compared = 0;
        for (int round = 0; compared < SEARCHES; round++) {
            Random random = new Random(round);
            try (LocalIndex index =
                    Indexes.with(Kernels.best(), random.nextInt(4) == 0 ? Mode.STRICT : Mode.STANDARD)) {
                int searches = (int) Math.min(SEARCHES_OF_AN_INDEX, SEARCHES - compared);
                compare(index, random, searches);
                compared += searches;
            }
        }
        assertThat(read).as("rows read of all that could have been").isLessThan(compared * ROWS / 2);
    }

    private void compare(LocalIndex index, Random random, int searches) {
        int dimension = DIMENSIONS[random.nextInt(DIMENSIONS.length)];
        List<Entry> entries = new ArrayList<>();
        while (entries.size() < ROWS) {
            entries.add(entry(random, dimension, entries));
        }
        index.put(SPACE, entries);
        for (int done = 0; done < searches; done += SEARCHES_OF_A_BATCH) {
            compare(index, random, entries, Math.min(SEARCHES_OF_A_BATCH, searches - done));
            Entry changed = entry(random, dimension, entries);
            index.remove(SPACE, entries.set(random.nextInt(ROWS), changed).user());
            index.put(SPACE, List.of(changed));
        }
        read += index.statistics().vectors();
    }

    private static void compare(LocalIndex index, Random random, List<Entry> entries, int searches) {
        int k = random.nextInt(10) == 0 ? 1 + random.nextInt(50) : 1 + random.nextInt(5);
        double threshold = random.nextInt(3) == 0 ? -2 : random.nextDouble() * 0.6;
        List<float[]> queries = new ArrayList<>();
        for (int i = 0; i < searches; i++) {
            queries.add(query(random, entries));
        }
        assertThat(index.search(SPACE, queries, k, threshold))
                .as("k %d threshold %s", k, threshold)
                .isEqualTo(queries.stream()
                        .map(query -> BruteForce.search(entries, query, k, threshold))
                        .toList());
    }

    /// A stranger, or someone like one of those who are there, be it a twin.
    private static Entry entry(Random random, int dimension, List<Entry> others) {
        float[] vector =
                others.isEmpty() || random.nextBoolean() ? Vectors.random(random, dimension) : near(random, others);
        return new Entry(new UUID(random.nextLong(), random.nextLong()), 1 + random.nextInt(9), vector);
    }

    private static float[] query(Random random, List<Entry> entries) {
        return random.nextInt(3) == 0
                ? Vectors.random(random, entries.getFirst().vector().length)
                : near(random, entries);
    }

    private static float[] near(Random random, List<Entry> entries) {
        float[] one = entries.get(random.nextInt(entries.size())).vector();
        return random.nextInt(5) == 0 ? one : Shape.moved(random, one, Math.abs(random.nextGaussian()) * 0.8);
    }
}
