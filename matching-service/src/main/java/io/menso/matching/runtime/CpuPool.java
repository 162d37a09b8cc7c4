package io.menso.matching.runtime;

import io.menso.commons.web.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Runs computations off the event loops, on few threads with a bounded queue.
@ApplicationScoped
public class CpuPool {

    private static final String NAME = "matching-cpu";

    private final ThreadPoolExecutor threads;

    @Inject
    public CpuPool(CpuConfig config, MeterRegistry metrics) {
        int size =
                config.threads() > 0 ? config.threads() : Runtime.getRuntime().availableProcessors();
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                size, size, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(config.queue()), work -> {
                    Thread thread = new Thread(work, NAME + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        new ExecutorServiceMetrics(threads, NAME, List.of()).bindTo(metrics);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }

    /// Computes on the pool; what follows runs where the caller ran.
    ///
    /// @return fails with [ApiException] 503 when the queue is full
    public <T> Uni<T> run(Supplier<T> work) {
        return Uni.createFrom()
                .item(work)
                .runSubscriptionOn(threads)
                .onFailure(RejectedExecutionException.class)
                .transform(_ -> ApiException.unavailable("Too many searches are waiting"))
                .emitOn(callersContext());
    }

    /// A Hibernate session or a request's data may only be used on the Vert.x context they belong to.
    private static Executor callersContext() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(_ -> task.run());
    }
}
