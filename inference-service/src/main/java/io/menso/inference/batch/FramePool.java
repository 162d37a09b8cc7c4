package io.menso.inference.batch;

import io.menso.commons.web.ApiException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Threads that decode and prepare frames, as many as there are processors, behind a bounded queue.
@ApplicationScoped
public class FramePool {

    private final ThreadPoolExecutor pool;

    @Inject
    public FramePool(BatchConfig config, MeterRegistry registry) {
        int threads =
                config.frameThreads().orElse(Math.max(2, Runtime.getRuntime().availableProcessors()));
        this.pool = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.frameQueue()),
                Thread.ofPlatform().daemon().name("frames-", 0).factory());
        Gauge.builder(
                        "menso.inference.frames.queue",
                        pool,
                        frames -> frames.getQueue().size())
                .description("Frames that wait to be decoded")
                .register(registry);
        Gauge.builder("menso.inference.frames.active", pool, ThreadPoolExecutor::getActiveCount)
                .description("Frames being decoded")
                .register(registry);
    }

    /// Starts work on a frame.
    ///
    /// @throws ApiException 503 when too many wait
    public <T> Future<T> submit(Callable<T> work) {
        try {
            return pool.submit(work);
        } catch (RejectedExecutionException e) {
            throw ApiException.unavailable("Too many images are waiting; try again");
        }
    }

    @PreDestroy
    void stop() {
        pool.shutdownNow();
    }
}
