package io.menso.matching.index.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.menso.commons.web.Tenant;
import io.menso.matching.Vectors;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Space;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a search in Pinot costs on this machine. Not part of the tests:
/// `mvn -pl matching-service test -Dtest=PinotIndexBenchmark` (with `-Dmenso.bench.templates=100000`).
class PinotIndexBenchmark {

    private static final int DIMENSION = 128;
    private static final int ROUNDS = 15;
    private static final Space SPACE = new Space(Tenant.of("acme", "production"), "abc1234");

    private final Random random = new Random(11);
    private long version = 1;

    @Test
    void measure() throws Exception {
        int templates = Integer.getInteger("menso.bench.templates", 100_000);
        try (PinotBed bed = PinotBed.start()) {
            long start = System.nanoTime();
            bed.add(SPACE, Stream.generate(this::entry).limit(templates).toList());
            long sent = System.nanoTime();
            PinotIndex index = bed.index();
            await().atMost(Duration.ofMinutes(5)).until(() -> {
                index.count();
                return index.size() == templates;
            });
            print("sealed and sent: %d templates in %d ms", templates, (sent - start) / 1_000_000);
            print("shown after %d ms", (System.nanoTime() - start) / 1_000_000);
            searches(bed, index);
            for (int size : new int[] {100, 1000, 2000, 5000, 10_000, templates}) {
                galleries(bed, size);
            }
        }
    }

    private void searches(PinotBed bed, PinotIndex index) {
        for (double threshold : new double[] {0.43, -2}) {
            List<float[]> queries = bed.queries(SPACE, ROUNDS, random);
            queries.forEach(query -> index.search(SPACE, query, 5, threshold));
            print("threshold %.2f: %s", threshold, times(queries, query -> index.search(SPACE, query, 5, threshold)));
        }
    }

    private void galleries(PinotBed bed, int size) {
        List<UUID> users =
                bed.entries(SPACE).stream().map(Entry::user).limit(size).toList();
        Candidates among = Candidates.of(users);
        List<float[]> queries = bed.queries(SPACE, 3, random);
        for (String named : size > 10_000 ? List.of("0") : List.of("1000000", "0")) {
            PinotSettings settings = bed.settings("named-users", named).set("menso.matching.pinot.timeout", "60s");
            PinotIndex index = bed.index(settings);
            assertThat(index.search(SPACE, queries.getFirst(), 5, 0.3, among))
                    .hasSameSizeAs(bed.local().search(SPACE, queries.getFirst(), 5, 0.3, among));
            int bytes = new PinotSql("templates", Integer.parseInt(named))
                    .among(among)
                    .length();
            print(
                    "gallery of %d, %s, %d bytes: %s",
                    size,
                    named.equals("0") ? "packed" : "named",
                    bytes,
                    times(queries, query -> index.search(SPACE, query, 5, 0.3, among)));
        }
    }

    private static String times(List<float[]> queries, java.util.function.Consumer<float[]> search) {
        List<Long> millis = new ArrayList<>();
        for (float[] query : queries) {
            long start = System.nanoTime();
            search.accept(query);
            millis.add((System.nanoTime() - start) / 1_000_000);
        }
        long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
        return "median " + sorted[sorted.length / 2] + " ms of " + Arrays.toString(sorted);
    }

    private Entry entry() {
        return new Entry(new UUID(random.nextLong(), random.nextLong()), version++, Vectors.random(random, DIMENSION));
    }

    @SuppressWarnings("SystemOut")
    private static void print(String format, Object... values) {
        System.out.println("@@ " + String.format(format, values));
    }
}
