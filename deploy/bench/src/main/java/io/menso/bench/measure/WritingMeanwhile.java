package io.menso.bench.measure;

import io.menso.bench.data.Gallery;
import io.menso.bench.engine.LocalEngine;
import io.menso.matching.index.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Enrols templates at a steady rate until it is closed: first of new users, then newer versions of the same.
public final class WritingMeanwhile implements AutoCloseable {

    /// As many as a consumer of events gets at once under such a load.
    private static final int BATCH = 50;

    private final LocalEngine engine;
    private final int firstRow;
    private final List<float[]> vectors;
    private final long interval;
    private final long start = System.nanoTime();
    private final Thread writer;
    private volatile boolean closed;
    private volatile long written;

    /// @param firstRow number of the first new user
    /// @param vectors  what is enrolled, over and over
    /// @param rate     templates a second; the writer falls behind if the index is slower
    public WritingMeanwhile(LocalEngine engine, int firstRow, List<float[]> vectors, int rate) {
        this.engine = engine;
        this.firstRow = firstRow;
        this.vectors = vectors;
        this.interval = BATCH * 1_000_000_000L / rate;
        this.writer = Thread.ofPlatform().daemon().name("bench-writer").start(this::write);
    }

    /// Templates a second that have been enrolled so far.
    public double rate() {
        return written / ((System.nanoTime() - start) / 1e9);
    }

    private void write() {
        for (long batch = 0; !closed; batch++) {
            pause(start + batch * interval);
            engine.put(entries(batch * BATCH));
            written += BATCH;
        }
    }

    private List<Entry> entries(long first) {
        List<Entry> entries = new ArrayList<>(BATCH);
        for (long i = first; i < first + BATCH; i++) {
            int index = (int) (i % vectors.size());
            long version = 1 + i / vectors.size();
            entries.add(new Entry(Gallery.user(firstRow + index), version, vectors.get(index)));
        }
        return entries;
    }

    private static void pause(long until) {
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
