package io.menso.matching.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.commons.web.Tenant;
import io.menso.matching.Vectors;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Hit;
import io.menso.matching.index.Space;
import io.menso.matching.index.local.LocalIndex;
import io.menso.matching.index.local.LocalIndexOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The pool's threads share searches of a large space: the answers are those of one thread.
@Tag("optimised")
class CpuPoolSearchTest {

    private static final Space SPACE = new Space(Tenant.of("acme", "production"), "rev1");
    private static final int DIMENSION = 64;
    private static final int ROWS = 80_000;

    @Test
    void findsWithSeveralThreadsWhatOneFinds() {
        CpuPool pool = new CpuPool(new CpuSettings(4, 100, 100), new SimpleMeterRegistry());
        LocalIndexOptions options = LocalIndexOptions.defaults().with(pool.splitter());
        try (LocalIndex index = LocalIndex.create(options)) {
            // Given
            Random random = new Random(5);
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                float[] vector = Vectors.random(i % 100 == 0 ? new Random(1) : random, DIMENSION);
                entries.add(new Entry(new UUID(random.nextLong(), random.nextLong()), 1, vector));
            }
            index.put(SPACE, entries);
            List<float[]> queries = IntStream.range(0, 20)
                    .mapToObj(i -> Vectors.random(new Random(i), DIMENSION))
                    .toList();

            // When: all at once, each split by the pool
            List<List<Hit>> shared = queries.stream()
                    .map(query -> pool.run(SPACE.tenant(), () -> index.search(SPACE, query, 20, 0.1))
                            .subscribeAsCompletionStage())
                    .toList()
                    .stream()
                    .map(answer -> answer.orTimeout(30, TimeUnit.SECONDS).join())
                    .toList();

            // Then
            for (int i = 0; i < queries.size(); i++) {
                assertThat(shared.get(i)).isEqualTo(index.search(SPACE, queries.get(i), 20, 0.1));
            }
            assertThat(shared.get(1)).as("twins in several parts").hasSize(20);
        } finally {
            pool.stop();
        }
    }
}
