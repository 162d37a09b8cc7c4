package io.menso.inference.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.ApiException;
import io.menso.inference.Settings;
import io.menso.inference.batch.BatchQueue.Answer;
import io.menso.inference.engine.Network;
import io.menso.inference.engine.Outputs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BatchQueueTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final Semaphore gate = new Semaphore(0);
    private final CountDownLatch started = new CountDownLatch(1);
    private final List<BatchQueue> open = new ArrayList<>();

    /// Doubles the first number of each picture once the gate lets it; a negative number breaks it.
    private final Network network = new Network() {
        @Override
        public Runner runner() {
            return new Runner() {
                @Override
                public Outputs run(float[] planes, int count, int height, int width) {
                    started.countDown();
                    gate.acquireUninterruptibly();
                    batches.add(count);
                    float[] doubled = new float[count];
                    for (int i = 0; i < count; i++) {
                        doubled[i] = 2 * planes[i * 3 * height * width];
                        if (doubled[i] < 0) {
                            throw new IllegalStateException("broken");
                        }
                    }
                    return new Outputs(List.of(doubled));
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    };

    private BatchQueue queue(int maxSize, Map<String, String> settings) {
        BatchQueue queue = new BatchQueue("test", network, maxSize, Settings.of(BatchConfig.class, settings), registry);
        open.add(queue);
        return queue;
    }

    private static CompletableFuture<Answer> submit(BatchQueue queue, float value, int side) {
        float[] planes = new float[3 * side * side];
        planes[0] = value;
        return queue.submit(planes, side, side);
    }

    private static float value(CompletableFuture<Answer> future) {
        return Futures.await(future, PATIENCE).outputs().first()[0];
    }

    @AfterEach
    void close() {
        gate.release(1000);
        open.forEach(BatchQueue::close);
    }

    @Test
    void runsWhatWaitsTogetherAndGivesEachItsOwn() throws Exception {
        BatchQueue queue = queue(3, Map.of());
        CompletableFuture<Answer> first = submit(queue, 1, 2);
        started.await();
        List<CompletableFuture<Answer>> waiting = new ArrayList<>();
        for (int i = 2; i <= 6; i++) {
            waiting.add(submit(queue, i, 2));
        }
        gate.release(10);

        assertThat(value(first)).isEqualTo(2);
        assertThat(waiting.stream().map(BatchQueueTest::value)).containsExactly(4f, 6f, 8f, 10f, 12f);
        assertThat(batches).containsExactly(1, 3, 2);
    }

    @Test
    void neverMixesSizes() throws Exception {
        BatchQueue queue = queue(4, Map.of());
        CompletableFuture<Answer> first = submit(queue, 1, 2);
        started.await();
        CompletableFuture<Answer> small = submit(queue, 2, 2);
        CompletableFuture<Answer> large = submit(queue, 3, 4);
        CompletableFuture<Answer> again = submit(queue, 4, 2);
        gate.release(10);

        assertThat(List.of(value(first), value(small), value(large), value(again)))
                .containsExactly(2f, 4f, 6f, 8f);
        assertThat(batches).containsExactly(1, 1, 1, 1);
    }

    @Test
    void refusesAtOnceWhenFull() throws Exception {
        BatchQueue queue = queue(1, Map.of("menso.inference.batch.queue", "2"));
        CompletableFuture<Answer> running = submit(queue, 1, 2);
        started.await();
        List<CompletableFuture<Answer>> waiting = List.of(submit(queue, 2, 2), submit(queue, 3, 2));

        assertThatThrownBy(() -> submit(queue, 4, 2)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(503);
            assertThat(e.headers()).containsKey("Retry-After");
        });
        assertThat(registry.get("menso.inference.queue")
                        .tag("network", "test")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(running).isNotDone();
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void waitsForABatchToFill() {
        BatchQueue queue = queue(2, Map.of("menso.inference.batch.max-delay", "PT10S"));
        gate.release(10);
        CompletableFuture<Answer> first = submit(queue, 1, 2);
        CompletableFuture<Answer> second = submit(queue, 2, 2);

        assertThat(value(first) + value(second)).isEqualTo(6);
        assertThat(batches).containsExactly(2);
    }

    @Test
    void survivesANetworkThatFails() {
        BatchQueue queue = queue(1, Map.of());
        gate.release(10);

        assertThatThrownBy(() -> value(submit(queue, -1, 2))).isInstanceOf(IllegalStateException.class);
        assertThat(value(submit(queue, 5, 2))).isEqualTo(10);
    }

    @Test
    void givesUpAfterAWhile() {
        BatchQueue queue = queue(1, Map.of());

        assertThatThrownBy(() -> Futures.await(submit(queue, 1, 2), Duration.ofMillis(20)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(503));
    }
}
