package io.menso.matching.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.menso.commons.web.Tenant;
import io.menso.matching.index.Splitter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class CpuSplitTest {

    private static final Tenant TENANT = Tenant.of("acme", "production");
    private static final Tenant OTHER = Tenant.of("other", "production");
    private static final long MILLISECOND = 1_000_000;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong clock = new AtomicLong();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<CpuPool> open = new ArrayList<>();

    private CpuPool pool(int threads) {
        CpuPool pool = new CpuPool(new CpuSettings(threads, 100, 100), registry, clock::get);
        open.add(pool);
        return pool;
    }

    private static <T> UniAssertSubscriber<T> start(Uni<T> uni) {
        return uni.subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        gate.countDown();
        open.forEach(CpuPool::stop);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void eachPartRunsOnceAndAllHaveEndedAtTheReturn(int threads) {
        CpuPool pool = pool(threads);
        for (int parts : new int[] {0, 1, 2, 1000}) {
            AtomicIntegerArray runs = new AtomicIntegerArray(parts);

            int seen = start(pool.run(TENANT, () -> {
                        pool.splitter().run(parts, runs::incrementAndGet);
                        return IntStream.range(0, parts).map(runs::get).sum();
                    }))
                    .awaitItem()
                    .getItem();

            assertThat(seen).isEqualTo(parts);
            assertThat(IntStream.range(0, parts).map(runs::get)).allMatch(count -> count == 1);
        }
    }

    @Test
    void idleThreadsHelp() {
        CpuPool pool = pool(4);
        CyclicBarrier together = new CyclicBarrier(4);
        Set<String> names = ConcurrentHashMap.newKeySet();

        start(pool.run(TENANT, () -> {
                    pool.splitter().run(8, _ -> {
                        names.add(Thread.currentThread().getName());
                        meet(together);
                    });
                    return true;
                }))
                .awaitItem();

        assertThat(names).hasSize(4);
    }

    @Test
    void theCallerDoesAllWhenNoThreadIsFree() {
        CpuPool pool = pool(2);
        CountDownLatch held = new CountDownLatch(1);
        start(pool.run(OTHER, () -> {
            held.countDown();
            pass(gate);
            return true;
        }));
        pass(held);

        Set<String> names = start(pool.run(TENANT, () -> {
                    Set<String> callers = ConcurrentHashMap.newKeySet();
                    pool.splitter()
                            .run(100, _ -> callers.add(Thread.currentThread().getName()));
                    return callers;
                }))
                .awaitItem()
                .getItem();

        assertThat(names).hasSize(1);
    }

    @Test
    void aThreadThatHelpsServesOthersBetweenTwoParts() {
        CpuPool pool = pool(2);
        AtomicReference<String> caller = new AtomicReference<>();
        CountDownLatch otherServed = new CountDownLatch(1);
        List<String> helper = new CopyOnWriteArrayList<>();

        start(pool.run(TENANT, () -> {
                    caller.set(Thread.currentThread().getName());
                    pool.splitter().run(50, part -> {
                        if (Thread.currentThread().getName().equals(caller.get())) {
                            pass(otherServed);
                        } else {
                            helper.add("part");
                            clock.addAndGet(MILLISECOND);
                            if (helper.size() == 3) {
                                start(pool.run(OTHER, () -> helper.add("other")).invoke(otherServed::countDown));
                            }
                        }
                    });
                    return true;
                }))
                .awaitItem();

        assertThat(helper).startsWith("part", "part", "part", "other");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatAPartThrowsReachesTheCallerAndEndsTheRest(int threads) {
        CpuPool pool = pool(threads);
        AtomicInteger begun = new AtomicInteger();

        Throwable failure = start(pool.run(TENANT, () -> {
                    pool.splitter().run(1_000_000, part -> {
                        if (begun.getAndIncrement() == 10) {
                            throw new IllegalStateException("broken part");
                        }
                    });
                    return true;
                }))
                .awaitFailure()
                .getFailure();

        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("broken part");
        assertThat(begun).hasValueLessThan(1_000_000);
        assertThat(start(pool.run(TENANT, () -> "alive")).awaitItem().getItem()).isEqualTo("alive");
    }

    @Test
    void aCallerReturnsOnlyAfterThoseWhoHelped() {
        CpuPool pool = pool(2);
        CyclicBarrier together = new CyclicBarrier(2);
        AtomicReference<String> caller = new AtomicReference<>();
        AtomicInteger atWork = new AtomicInteger();

        Throwable failure = start(pool.run(TENANT, () -> {
                    caller.set(Thread.currentThread().getName());
                    try {
                        pool.splitter().run(2, _ -> {
                            atWork.incrementAndGet();
                            meet(together);
                            if (Thread.currentThread().getName().equals(caller.get())) {
                                throw new IllegalStateException("the caller's part");
                            }
                            atWork.set(0);
                        });
                    } finally {
                        assertThat(atWork).hasValue(0);
                    }
                    return true;
                }))
                .awaitFailure()
                .getFailure();

        assertThat(failure).hasMessage("the caller's part");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void partsMayBeSplitAgain(int threads) {
        CpuPool pool = pool(threads);
        AtomicInteger leaves = new AtomicInteger();
        Splitter splitter = pool.splitter();

        List<UniAssertSubscriber<Boolean>> all = IntStream.range(0, 20)
                .mapToObj(_ -> start(pool.run(TENANT, () -> {
                    splitter.run(6, _ -> splitter.run(5, _ -> splitter.run(4, _ -> leaves.incrementAndGet())));
                    return true;
                })))
                .toList();
        all.forEach(UniAssertSubscriber::awaitItem);

        assertThat(leaves).hasValue(20 * 6 * 5 * 4);
        await().until(() -> pool.tenants() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theRestIsLeftOutWhenNobodyWaitsAnyMore(int threads) {
        CpuPool pool = pool(threads);
        AtomicInteger begun = new AtomicInteger();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CountDownLatch running = new CountDownLatch(1);
        Cancellable search = pool.run(TENANT, () -> {
                    try {
                        pool.splitter().run(1_000_000, _ -> {
                            begun.incrementAndGet();
                            running.countDown();
                            pass(gate);
                        });
                    } catch (CancellationException e) {
                        thrown.set(e);
                    }
                    return true;
                })
                .subscribe()
                .with(_ -> {});
        pass(running);

        search.cancel();
        gate.countDown();

        await().until(() -> thrown.get() instanceof CancellationException);
        assertThat(begun).hasValueLessThanOrEqualTo(threads);
        await().until(() -> pool.tenants() == 0);
    }
}
