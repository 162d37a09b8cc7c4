package io.menso.inference.evaluation;

import io.menso.inference.evaluation.Progress.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Works through a list with several threads; no more items are in memory at once than there are threads.
///
/// @param threads at least 1
/// @param progress is told of each item
record Workers(int threads, Progress progress) {

    /// Results in the order of the items.
    ///
    /// @throws RuntimeException the first failure; what was not begun then is not done
    <T, R> List<R> map(String title, List<T> items, Function<T, R> work) {
        Task task = progress.start(title, items.size());
        AtomicInteger next = new AtomicInteger();
        List<List<Indexed<R>>> parts = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<List<Indexed<R>>>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> part(items, next, work, task)));
            }
            for (Future<List<Indexed<R>>> future : running) {
                parts.add(future.get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        task.finish();
        return parts.stream()
                .flatMap(List::stream)
                .sorted((a, b) -> Integer.compare(a.index, b.index))
                .map(Indexed::result)
                .toList();
    }

    private record Indexed<R>(int index, R result) {}

    private static <T, R> List<Indexed<R>> part(List<T> items, AtomicInteger next, Function<T, R> work, Task task) {
        List<Indexed<R>> done = new ArrayList<>();
        try {
            for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                done.add(new Indexed<>(i, work.apply(items.get(i))));
                task.step();
            }
            return done;
        } catch (RuntimeException e) {
            next.set(items.size());
            throw e;
        }
    }
}
