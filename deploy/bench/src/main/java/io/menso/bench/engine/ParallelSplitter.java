package io.menso.bench.engine;

import io.menso.matching.index.Splitter;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Parts of a search on a pool of its own.
final class ParallelSplitter implements Splitter {

    private final ForkJoinPool pool;

    ParallelSplitter(int threads) {
        this.pool = new ForkJoinPool(threads);
    }

    @Override
    public void run(int parts, IntConsumer part) {
        pool.submit(() -> IntStream.range(0, parts).parallel().forEach(part)).join();
    }
}
