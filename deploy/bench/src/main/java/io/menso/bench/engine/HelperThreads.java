package io.menso.bench.engine;

import io.menso.matching.index.Splitter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Splits a search among threads as the service's pool does, without its fairness among tenants: the caller works on
/// the parts together with whoever is free.
final class HelperThreads implements Splitter, AutoCloseable {

    private final int helpers;
    private final ExecutorService pool;

    /// @param threads the caller's and those that help
    HelperThreads(int threads) {
        this.helpers = threads - 1;
        this.pool = Executors.newFixedThreadPool(
                Math.max(1, helpers),
                Thread.ofPlatform().daemon().name("bench-search-", 0).factory());
    }

    @Override
    public void run(int parts, IntConsumer part) {
        Split split = new Split(parts, part);
        for (int i = 0; i < Math.min(helpers, parts - 1); i++) {
            pool.execute(split::help);
        }
        split.finish();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /// One computation. Helpers that come too late find nothing left, so nobody waits for a helper that is busy
    /// elsewhere.
    private static final class Split {

        private final int parts;
        private final IntConsumer part;
        private final AtomicInteger next = new AtomicInteger();
        private final Phaser working = new Phaser(1);
        private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

        Split(int parts, IntConsumer part) {
            this.parts = parts;
            this.part = part;
        }

        void help() {
            if (next.get() < parts && working.register() >= 0) {
                work();
                working.arriveAndDeregister();
            }
        }

        void finish() {
            work();
            working.awaitAdvance(working.arriveAndDeregister());
            RuntimeException thrown = failure.get();
            if (thrown != null) {
                throw thrown;
            }
        }

        private void work() {
            for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
                try {
                    part.accept(i);
                } catch (RuntimeException e) {
                    failure.compareAndSet(null, e);
                    next.set(parts);
                }
            }
        }
    }
}
