package io.menso.bench.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Splits rows among threads that live as long as this object.
public final class Parallel implements AutoCloseable {

    private final int threads;
    private final ExecutorService pool;

    /// Works on rows `from` to `to - 1`.
    public interface Range<T> {
        T work(int from, int to);
    }

    public Parallel(int threads) {
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(
                threads,
                task -> Thread.ofPlatform().daemon().name("bench-rows-", 0).unstarted(task));
    }

    public int threads() {
        return threads;
    }

    /// One part for each thread, at boundaries that are multiples of 64; results in the order of rows. The caller works
    /// too.
    public <T> List<T> split(int rows, Range<T> range) {
        int part = Math.ceilDiv(Math.ceilDiv(rows, threads), 64) * 64;
        List<Callable<T>> tasks = new ArrayList<>();
        for (int from = 0; from < rows; from += part) {
            int first = from;
            tasks.add(() -> range.work(first, Math.min(rows, first + part)));
        }
        return run(tasks);
    }

    private <T> List<T> run(List<Callable<T>> tasks) {
        List<Future<T>> others = tasks.stream().skip(1).map(pool::submit).toList();
        List<T> results = new ArrayList<>();
        try {
            results.add(tasks.getFirst().call());
            for (Future<T> other : others) {
                results.add(other.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
