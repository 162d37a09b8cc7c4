package io.menso.matching.index.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.Tenant;
import io.menso.matching.Vectors;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Hit;
import io.menso.matching.index.Space;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("optimised")
class LocalIndexTest {

    private static final Space SPACE = new Space(Tenant.of("acme", "production"), "rev1");
    private static final double ALL = -2;

    static List<Kernel> kernels() {
        return List.of(new ScalarKernel(), new VectorKernel());
    }

    private static LocalIndex index(Kernel kernel, Mode mode) {
        LocalIndexOptions defaults = LocalIndexOptions.defaults();
        return new LocalIndex(kernel, new LocalIndexOptions(mode, defaults.directory(), defaults.splitter()));
    }

    private static List<Hit> bruteForce(List<Entry> entries, float[] query, int k, double threshold, Set<UUID> among) {
        return entries.stream()
                .filter(entry -> among.contains(entry.user()))
                .map(entry -> new Hit(entry.user(), entry.version(), dot(entry.vector(), query)))
                .filter(hit -> hit.cosine() >= threshold)
                .sorted(Hit.BEST_FIRST)
                .limit(k)
                .toList();
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    private static List<Entry> entries(Random random, int count, int dimension) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(uuid(random), i + 1, Vectors.random(random, dimension)));
        }
        return entries;
    }

    private static UUID uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static void assertLikeBruteForce(Kernel kernel, List<Entry> entries, List<float[]> queries) {
        LocalIndex index = index(kernel, Mode.STANDARD);
        index.put(SPACE, entries);
        Set<UUID> everybody = new HashSet<>(entries.stream().map(Entry::user).toList());
        Set<UUID> some = new HashSet<>(entries.stream()
                .map(Entry::user)
                .filter(user -> (user.getLeastSignificantBits() & 3) == 0)
                .toList());
        for (float[] query : queries) {
            for (int k : new int[] {1, 5, 100}) {
                double threshold = dot(entries.get(entries.size() / 2).vector(), query);
                for (double least : new double[] {ALL, 0.1, threshold, Math.nextUp(threshold)}) {
                    assertThat(index.search(SPACE, query, k, least))
                            .isEqualTo(bruteForce(entries, query, k, least, everybody));
                    assertThat(index.search(SPACE, query, k, least, Candidates.of(some)))
                            .isEqualTo(bruteForce(entries, query, k, least, some));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void findsWhatBruteForceFindsInRandomData(Kernel kernel) {
        Random random = new Random(7);
        for (int dimension : new int[] {1, 7, 16, 100, 128, 512}) {
            List<Entry> entries = entries(random, 700, dimension);
            assertLikeBruteForce(
                    kernel,
                    entries,
                    List.of(Vectors.random(random, dimension), entries.get(3).vector()));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void findsWhatBruteForceFindsAmongRowsThatDifferInTheLastBit(Kernel kernel) {
        Random random = new Random(8);
        float[] base = Vectors.random(random, 128);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            float[] twin = base.clone();
            int at = random.nextInt(128);
            twin[at] = random.nextBoolean() ? Math.nextUp(twin[at]) : Math.nextDown(twin[at]);
            entries.add(new Entry(uuid(random), 1, twin));
        }
        assertLikeBruteForce(kernel, entries, List.of(base, Vectors.random(random, 128)));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void breaksTiesOfEqualRowsByTheTextOfTheId(Kernel kernel) {
        Random random = new Random(9);
        float[] face = Vectors.random(random, 64);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            entries.add(new Entry(uuid(random), 1, face));
        }
        LocalIndex index = index(kernel, Mode.STANDARD);
        entries.forEach(entry -> index.put(SPACE, List.of(entry)));

        List<String> found = index.search(SPACE, face, 20, 0.5).stream()
                .map(hit -> hit.user().toString())
                .toList();

        assertThat(found)
                .isEqualTo(entries.stream()
                        .map(entry -> entry.user().toString())
                        .sorted()
                        .limit(20)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void findsWhatBruteForceFindsWhenLargeTermsCancel(Kernel kernel) {
        // Given rows whose products with the query are large and of alternating sign, so that float32 sums err most
        Random random = new Random(10);
        int dimension = 512;
        double[] query = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            query[i] = i % 2 == 0 ? 1 : -1;
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            double[] row = new double[dimension];
            for (int j = 0; j < dimension; j++) {
                row[j] = 1 + 1e-6 * random.nextGaussian();
            }
            entries.add(new Entry(uuid(random), 1, Vectors.unit(row)));
        }
        assertLikeBruteForce(kernel, entries, List.of(Vectors.unit(query)));
    }

    @Test
    void replacesRemovesAndUsesRowsAgain() {
        Random random = new Random(11);
        LocalIndex index = index(new ScalarKernel(), Mode.STANDARD);
        List<Entry> entries = new ArrayList<>(entries(random, 50, 16));
        index.put(SPACE, entries);
        long version = 100;
        for (int round = 0; round < 2000; round++) {
            int at = random.nextInt(entries.size());
            UUID user = entries.get(at).user();
            if (random.nextInt(3) == 0) {
                index.remove(SPACE, user);
                user = uuid(random);
            }
            entries.set(at, new Entry(user, ++version, Vectors.random(random, 16)));
            index.put(SPACE, List.of(entries.get(at)));
        }
        Set<UUID> everybody = new HashSet<>(entries.stream().map(Entry::user).toList());
        float[] query = Vectors.random(random, 16);

        assertThat(index.search(SPACE, query, 100, ALL)).isEqualTo(bruteForce(entries, query, 100, ALL, everybody));
        assertThat(index.size()).isEqualTo(50);
        assertThat(index.rows(SPACE)).as("rows, used or free").isLessThanOrEqualTo(112);
    }

    @Test
    void wipesTheVectorOfARemovedUser() {
        LocalIndex index = index(new ScalarKernel(), Mode.STANDARD);
        UUID user = UUID.randomUUID();
        index.put(SPACE, List.of(new Entry(user, 1, Vectors.at(1, 1))));
        assertThat(index.isWiped(SPACE)).isFalse();

        index.remove(SPACE, user);

        assertThat(index.isWiped(SPACE)).isTrue();
        assertThat(index.version(SPACE, user)).isEmpty();
    }

    @Test
    void doesNotGiveWayToAnOlderVersion() {
        LocalIndex index = index(new ScalarKernel(), Mode.STANDARD);
        UUID user = UUID.randomUUID();
        index.put(SPACE, List.of(new Entry(user, 5, Vectors.at(1, 1))));

        index.put(SPACE, List.of(new Entry(user, 4, Vectors.at(0, 1))));

        assertThat(index.version(SPACE, user)).hasValue(5);
        assertThat(index.search(SPACE, Vectors.at(1, 1), 1, 0.9)).hasSize(1);
    }

    @Test
    void keepsTheLastOfAUserWhenOneBatchHoldsSeveral() {
        LocalIndex index = index(new ScalarKernel(), Mode.STANDARD);
        UUID user = UUID.randomUUID();

        index.put(SPACE, List.of(new Entry(user, 1, Vectors.at(1, 1)), new Entry(user, 2, Vectors.at(0, 1))));

        assertThat(index.search(SPACE, Vectors.at(0, 1), 5, ALL)).hasSize(1);
        assertThat(index.version(SPACE, user)).hasValue(2);
    }

    @Test
    void keepsTenantsAndRevisionsApart() {
        LocalIndex index = index(new ScalarKernel(), Mode.STANDARD);
        index.put(SPACE, List.of(new Entry(UUID.randomUUID(), 1, Vectors.at(1, 1))));

        assertThat(index.search(new Space(Tenant.of("acme", "staging"), "rev1"), Vectors.at(1, 1), 5, ALL))
                .isEmpty();
        assertThat(index.search(new Space(SPACE.tenant(), "rev2"), Vectors.at(1, 1), 5, ALL))
                .isEmpty();
        assertThat(index.revisions(SPACE.tenant())).containsExactly("rev1");
    }

    @Test
    void refusesVectorsOfAnotherLength() {
        LocalIndex index = index(new ScalarKernel(), Mode.STANDARD);
        index.put(SPACE, List.of(new Entry(UUID.randomUUID(), 1, Vectors.at(1, 1))));
        float[] other = Vectors.random(new Random(1), 17);

        assertThatThrownBy(() -> index.search(SPACE, other, 5, ALL)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.put(SPACE, List.of(new Entry(UUID.randomUUID(), 1, other))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesInfiniteThresholdsAndRefusesWhatIsNoNumber() {
        LocalIndex index = LocalIndex.create();
        index.put(SPACE, List.of(new Entry(UUID.randomUUID(), 1, Vectors.at(-1, 1))));
        float[] opposite = Vectors.at(1, 1);

        assertThat(index.search(SPACE, opposite, 5, Double.NEGATIVE_INFINITY)).hasSize(1);
        assertThat(index.search(SPACE, opposite, 5, Double.POSITIVE_INFINITY)).isEmpty();
        assertThatThrownBy(() -> index.search(SPACE, opposite, 5, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ignoresCandidatesWithoutAFace() {
        LocalIndex index = index(new ScalarKernel(), Mode.STANDARD);
        UUID user = UUID.randomUUID();
        index.put(SPACE, List.of(new Entry(user, 1, Vectors.at(1, 1))));
        Candidates candidates = Candidates.of(List.of(UUID.randomUUID(), user, UUID.randomUUID()));

        assertThat(index.search(SPACE, Vectors.at(1, 1), 5, ALL, candidates))
                .extracting(Hit::user)
                .containsExactly(user);
    }

    @Test
    void tellsUnderWhichRevisionsThereAreEntriesNow() {
        LocalIndex index = index(new ScalarKernel(), Mode.STANDARD);
        Space other = new Space(SPACE.tenant(), "rev2");
        UUID former = UUID.randomUUID();
        UUID both = UUID.randomUUID();
        index.put(SPACE, List.of(new Entry(former, 1, Vectors.at(1, 1)), new Entry(both, 2, Vectors.at(1, 1))));
        index.put(other, List.of(new Entry(both, 2, Vectors.at(1, 1))));

        assertThat(index.held(SPACE.tenant())).containsExactlyInAnyOrder("rev1", "rev2");
        assertThat(index.held(SPACE.tenant(), Candidates.of(List.of(UUID.randomUUID(), former))))
                .containsExactly("rev1");
        assertThat(index.held(SPACE.tenant(), Candidates.of(List.of()))).isEmpty();
        assertThat(index.held(Tenant.of("acme", "staging"))).isEmpty();

        index.remove(other, both);

        assertThat(index.held(SPACE.tenant())).containsExactly("rev1");
        assertThat(index.revisions(SPACE.tenant())).containsExactlyInAnyOrder("rev1", "rev2");
    }
}
