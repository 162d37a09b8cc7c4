package io.menso.bench.measure;

import io.menso.bench.engine.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// Repeats searches for a while and takes their times.
public final class Stopwatch {

    private static final int MOST = 2_000_000;

    private final Engine.Search search;
    private final float[][] queries;
    private final int k;
    private final double threshold;

    public Stopwatch(Engine.Search search, float[][] queries, int k, double threshold) {
        this.search = search;
        this.queries = queries;
        this.k = k;
        this.threshold = threshold;
    }

    /// Runs without measuring, until the time is over.
    public void warmUp(double seconds) {
        latencies(seconds, 1);
    }

    /// Each query as often as the time allows, one after the other, each at least once.
    public Latencies latencies(double seconds) {
        return latencies(seconds, queries.length);
    }

    private Latencies latencies(double seconds, int least) {
        long[] nanos = new long[1024];
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int count = 0;
        while (count < MOST && (count < least || System.nanoTime() < end)) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            long start = System.nanoTime();
            search.find(queries[count % queries.length], k, threshold);
            nanos[count++] = System.nanoTime() - start;
        }
        return Latencies.of(nanos, count);
    }

    /// Answers a second with so many callers at the same time.
    public double rate(double seconds, int callers) {
        AtomicLong answered = new AtomicLong();
        CountDownLatch ready = new CountDownLatch(callers);
        long[] span = {Long.MAX_VALUE, 0};
        List<Thread> threads = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            int offset = caller * queries.length / callers;
            threads.add(Thread.ofPlatform().daemon().start(() -> call(seconds, offset, ready, answered, span)));
        }
        threads.forEach(Stopwatch::join);
        return answered.get() / ((span[1] - span[0]) / 1e9);
    }

    private void call(double seconds, int offset, CountDownLatch ready, AtomicLong answered, long[] span) {
        ready.countDown();
        await(ready);
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        int i = 0;
        do {
            search.find(queries[(offset + i++) % queries.length], k, threshold);
        } while (System.nanoTime() < end);
        answered.addAndGet(i);
        synchronized (span) {
            span[0] = Math.min(span[0], start);
            span[1] = Math.max(span[1], System.nanoTime());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
