package io.menso.matching.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Tenant;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real threads, held by latches; the clock shows what the work says.
@Timeout(30)
class CpuPoolTest {

    private static final Tenant LARGE = Tenant.of("large", "production");
    private static final Tenant SMALL = Tenant.of("small", "production");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong clock = new AtomicLong();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<CpuPool> open = new ArrayList<>();

    private CpuPool pool(int threads, int queue, int tenantQueue) {
        CpuPool pool = new CpuPool(new CpuSettings(threads, queue, tenantQueue), registry, clock::get);
        open.add(pool);
        return pool;
    }

    private <T> UniAssertSubscriber<T> start(Uni<T> uni) {
        return uni.subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    /// Work that holds a thread until the gate opens; returns when it does.
    private UniAssertSubscriber<String> hold(CpuPool pool, Tenant tenant) throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        UniAssertSubscriber<String> held = start(pool.run(tenant, () -> {
            running.countDown();
            awaitGate();
            return "held";
        }));
        running.await();
        return held;
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        gate.countDown();
        open.forEach(CpuPool::stop);
    }

    @Test
    void givesTheResultOrWhatWasThrown() {
        CpuPool pool = pool(1, 8, 4);

        assertThat(start(pool.run(SMALL, () -> Thread.currentThread().getName()))
                        .awaitItem()
                        .getItem())
                .startsWith("matching-cpu-");
        assertThat(start(pool.runInBackground(() -> 42)).awaitItem().getItem()).isEqualTo(42);
        Throwable thrown = start(pool.run(SMALL, () -> {
                    throw new StackOverflowError("deep");
                }))
                .awaitFailure()
                .getFailure();
        assertThat(thrown).isInstanceOf(StackOverflowError.class);
        assertThat(start(pool.run(SMALL, () -> "alive")).awaitItem().getItem()).isEqualTo("alive");
    }

    @Test
    void aTenantWithLongSearchesGetsNoMoreTimeThanOneWithShortOnes() throws Exception {
        CpuPool pool = pool(1, 200, 100);
        List<String> order = new CopyOnWriteArrayList<>();
        hold(pool, LARGE);
        for (int i = 0; i < 10; i++) {
            start(pool.run(LARGE, () -> order.add("large " + clock.addAndGet(5_000_000))));
        }
        List<UniAssertSubscriber<Boolean>> small = IntStream.range(0, 100)
                .mapToObj(_ -> start(pool.run(SMALL, () -> order.add("small " + clock.addAndGet(100_000)))))
                .toList();

        gate.countDown();
        small.forEach(UniAssertSubscriber::awaitItem);

        // 100 small searches take as long as two large ones; one more may have begun before its length was known.
        List<String> served = List.copyOf(order);
        String lastSmall = served.stream()
                .filter(one -> one.startsWith("small"))
                .reduce((_, next) -> next)
                .orElseThrow();
        assertThat(served.subList(0, served.indexOf(lastSmall)))
                .filteredOn(one -> one.startsWith("large"))
                .hasSizeBetween(2, 3);
    }

    @Test
    void refusesWhatATenantHasTooMuchAndSaysWhoseLimitItIs() throws Exception {
        CpuPool pool = pool(1, 8, 2);
        hold(pool, LARGE);
        List<UniAssertSubscriber<String>> waiting = IntStream.range(0, 2)
                .mapToObj(_ -> start(pool.run(LARGE, () -> "late")))
                .toList();

        Throwable refused = start(pool.run(LARGE, () -> "never")).awaitFailure().getFailure();
        UniAssertSubscriber<String> other = start(pool.run(SMALL, () -> "soon"));

        assertThat(refused)
                .isInstanceOfSatisfying(ApiException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(503);
                    assertThat(refusal.headers()).containsEntry("Retry-After", "1");
                })
                .hasMessage("Too many searches of yours are waiting");
        assertThat(rejections("tenant")).isEqualTo(1);
        assertThat(registry.get("menso.matching.cpu.queue")
                        .tag("work", "request")
                        .gauge()
                        .value())
                .isEqualTo(3);
        gate.countDown();
        other.awaitItem();
        waiting.forEach(UniAssertSubscriber::awaitItem);
    }

    @Test
    void theSearchThatGivesWayToASmallTenantIsAnsweredAtOnce() throws Exception {
        CpuPool pool = pool(1, 3, 3);
        hold(pool, LARGE);
        List<UniAssertSubscriber<String>> large = IntStream.range(0, 3)
                .mapToObj(_ -> start(pool.run(LARGE, () -> "late")))
                .toList();

        UniAssertSubscriber<String> small = start(pool.run(SMALL, () -> "soon"));

        large.getLast().awaitFailure(e -> assertThat(e).hasMessageContaining("more of them are yours"));
        assertThat(rejections("largest")).isEqualTo(1);
        gate.countDown();
        assertThat(small.awaitItem().getItem()).isEqualTo("soon");
        large.getFirst().awaitItem();
    }

    @Test
    void whatIsCancelledWhileItWaitsGivesItsPlaceBackAndNeverRuns() throws Exception {
        CpuPool pool = pool(1, 8, 1);
        AtomicBoolean ran = new AtomicBoolean();
        hold(pool, LARGE);
        Cancellable waiting =
                pool.run(SMALL, () -> ran.getAndSet(true)).subscribe().with(_ -> {});

        waiting.cancel();
        UniAssertSubscriber<String> next = start(pool.run(SMALL, () -> "in its place"));

        gate.countDown();
        next.awaitItem();
        assertThat(ran).isFalse();
        await().until(() -> pool.tenants() == 0);
    }

    @Test
    void aPoolThatStopsRefusesWhatWaitsAndWhatComes() throws Exception {
        CpuPool pool = pool(1, 8, 4);
        UniAssertSubscriber<String> held = hold(pool, LARGE);
        UniAssertSubscriber<String> waiting = start(pool.run(SMALL, () -> "never"));

        pool.stop();

        waiting.awaitFailure(e -> assertThat(e).hasMessage("The service is stopping"));
        start(pool.run(SMALL, () -> "never")).awaitFailure(e -> assertThat(e).isInstanceOf(ApiException.class));
        gate.countDown();
        assertThat(held.awaitItem().getItem()).isEqualTo("held");
    }

    @Test
    void measuresWaitsAndRuns() throws Exception {
        CpuPool pool = pool(1, 8, 4);
        hold(pool, LARGE);
        UniAssertSubscriber<Long> small = start(pool.run(SMALL, () -> clock.addAndGet(2_000_000)));
        UniAssertSubscriber<Long> background = start(pool.runInBackground(clock::get));
        clock.addAndGet(7_000_000);

        gate.countDown();
        small.awaitItem();
        background.awaitItem();

        assertThat(timer("wait", "request").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(7);
        assertThat(timer("run", "request").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(9);
        assertThat(timer("run", "background").count()).isEqualTo(1);
        assertThat(timer("wait", "request").takeSnapshot().histogramCounts()).isNotEmpty();
        assertThat(registry.getMeters())
                .flatExtracting(meter -> meter.getId().getTags())
                .extracting(Tag::getValue)
                .as("no tag names a tenant")
                .doesNotContain(LARGE.id(), LARGE.customer(), SMALL.id(), SMALL.customer());
    }

    @Test
    void nothingIsLostNorLeftUnderLoad() {
        CpuPool pool = pool(4, 400, 20);
        int count = 4000;
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger tooOften = new AtomicInteger();
        Random random = new Random(7);
        for (int i = 0; i < count; i++) {
            Tenant tenant = Tenant.of("t" + random.nextInt(50), "production");
            boolean fails = i % 7 == 0;
            boolean leaves = i % 11 == 0;
            AtomicBoolean once = new AtomicBoolean();
            Cancellable subscription = pool.run(tenant, () -> work(pool, ran, fails))
                    .onTermination()
                    .invoke(() -> (once.getAndSet(true) ? tooOften : ended).incrementAndGet())
                    .subscribe()
                    .with(_ -> {}, _ -> {});
            if (leaves) {
                subscription.cancel();
            }
        }

        await().until(() -> ended.get() == count);
        await().until(() -> pool.tenants() == 0 && pool.waiting(false) == 0);
        // Who leaves while the result is on its way may be told of both.
        assertThat(tooOften).hasValueLessThanOrEqualTo(count / 11 + 1);
        assertThat(ran.get()).isPositive();
    }

    private int work(CpuPool pool, AtomicInteger ran, boolean fails) {
        AtomicInteger parts = new AtomicInteger();
        pool.splitter().run(5, _ -> {
            clock.addAndGet(1000);
            parts.incrementAndGet();
        });
        assertThat(parts).hasValue(5);
        ran.incrementAndGet();
        if (fails) {
            throw new IllegalStateException("as it should");
        }
        return parts.get();
    }

    private double rejections(String limit) {
        return registry.get("menso.matching.cpu.rejections")
                .tag("limit", limit)
                .counter()
                .count();
    }

    private Timer timer(String name, String work) {
        return registry.get("menso.matching.cpu." + name).tag("work", work).timer();
    }

    @Test
    void callersOutsideThePoolDoAllPartsThemselves() {
        List<Integer> parts = new ArrayList<>();

        pool(2, 8, 4).splitter().run(3, parts::add);

        assertThat(parts).containsExactly(0, 1, 2);
        assertThatThrownBy(() -> open.getFirst().splitter().run(2, _ -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
    }
}
