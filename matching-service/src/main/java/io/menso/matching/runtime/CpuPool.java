package io.menso.matching.runtime;

import io.menso.commons.web.Tenant;
import io.menso.matching.index.Splitter;
import io.menso.matching.runtime.FairQueue.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Runs computations off the event loops, on few threads that tenants share fairly (see [FairQueue]).
///
/// Work only computes: it has no request context and no database session.
@ApplicationScoped
public class CpuPool {

    private static final Logger LOG = Logger.getLogger(CpuPool.class);

    private final int threads;
    private final LongSupplier clock;
    private final CpuMetrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final FairQueue queue;
    private final ScopedValue<Share.Turn> current = ScopedValue.newInstance();
    private boolean closed;

    @Inject
    public CpuPool(CpuConfig config, MeterRegistry registry) {
        this(config, registry, System::nanoTime);
    }

    /// @param clock nanoseconds since some moment
    CpuPool(CpuConfig config, MeterRegistry registry, LongSupplier clock) {
        this.threads =
                config.threads() > 0 ? config.threads() : Runtime.getRuntime().availableProcessors();
        this.clock = clock;
        this.queue = new FairQueue(config, threads);
        this.metrics = new CpuMetrics(registry);
        metrics.observeWaiting(() -> waiting(false), () -> waiting(true));
        metrics.observeTenants(this::tenants);
        for (int i = 0; i < threads; i++) {
            Thread.ofPlatform().daemon().name("matching-cpu-" + i).start(this::serve);
        }
    }

    @PreDestroy
    void stop() {
        List<Job> left;
        lock.lock();
        try {
            closed = true;
            left = queue.drain();
            work.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(job -> refuse(new Refusal(job, Limit.CLOSED)));
    }

    /// Computes for a tenant's request; what follows runs where the caller ran. A caller who cancels takes back what
    /// waits, and lets what runs leave out the parts not begun.
    ///
    /// @return fails with [io.menso.commons.web.ApiException] 503 when too much is waiting
    public <T> Uni<T> run(Tenant tenant, Supplier<T> work) {
        return submit(Optional.of(tenant), work);
    }

    /// Computes what no request waits for, such as filling the index: with the time that requests leave, and a
    /// small part of it when they leave none, so that it ends.
    ///
    /// @return fails with [io.menso.commons.web.ApiException] 503 when too much is waiting
    public <T> Uni<T> runInBackground(Supplier<T> work) {
        return submit(Optional.empty(), work);
    }

    /// Splits work of this pool among its threads, at the expense of the tenant for whom the calling thread works.
    /// Between two parts a thread that helps does what others wait for. On other threads the caller does all.
    public Splitter splitter() {
        return this::split;
    }

    /// Work that waits for a thread.
    int waiting(boolean background) {
        lock.lock();
        try {
            return queue.waiting(background);
        } finally {
            lock.unlock();
        }
    }

    /// Tenants of whom anything is remembered.
    int tenants() {
        lock.lock();
        try {
            return queue.tenants();
        } finally {
            lock.unlock();
        }
    }

    private <T> Uni<T> submit(Optional<Tenant> tenant, Supplier<T> work) {
        return Uni.createFrom()
                .<T>emitter(emitter -> {
                    Job job = new Job(tenant, clock.getAsLong(), work, emitter);
                    emitter.onTermination(() -> abandon(job));
                    add(job).ifPresent(this::refuse);
                })
                .emitOn(callersContext());
    }

    private Optional<Refusal> add(Job job) {
        lock.lock();
        try {
            if (closed) {
                return Optional.of(new Refusal(job, Limit.CLOSED));
            }
            Optional<Refusal> refusal = queue.add(job);
            work.signal();
            return refusal;
        } finally {
            lock.unlock();
        }
    }

    private void refuse(Refusal refusal) {
        metrics.rejected(refusal.limit());
        refusal.job().refuse(refusal.limit().refusal());
    }

    private void abandon(Job job) {
        if (job.abandon()) {
            lock.lock();
            try {
                queue.remove(job);
            } finally {
                lock.unlock();
            }
        }
    }

    private void serve() {
        Share.Turn turn = await();
        while (turn != null) {
            long start = clock.getAsLong();
            if (turn.work() instanceof Job job) {
                metrics.started(job, start);
            }
            ScopedValue.where(current, turn).run(turn.work()::run);
            finish(turn, clock.getAsLong() - start);
            turn = await();
        }
    }

    /// @return `null` when the pool is closed
    private Share.@Nullable Turn await() {
        lock.lock();
        try {
            Share.Turn turn = null;
            while (!closed && (turn = queue.next()) == null) {
                work.awaitUninterruptibly();
            }
            return turn;
        } finally {
            lock.unlock();
        }
    }

    private void finish(Share.Turn turn, long nanos) {
        metrics.finished(turn.work(), nanos);
        lock.lock();
        try {
            queue.finish(turn, nanos);
        } finally {
            lock.unlock();
        }
        try {
            turn.work().deliver();
        } catch (RuntimeException | Error e) {
            LOG.error("an outcome could not be delivered", e);
        }
    }

    private void split(int parts, IntConsumer part) {
        if (!current.isBound()) {
            Splitter.serial().run(parts, part);
            return;
        }
        Share.Turn turn = current.get();
        Split split = new Split(parts, part, turn.work());
        offer(turn, split, Math.min(threads, parts) - 1);
        try {
            split.runAll();
        } finally {
            withdraw(turn, split);
        }
        split.rethrow();
    }

    private void offer(Share.Turn turn, Split split, int helpers) {
        lock.lock();
        try {
            queue.open(turn, split);
            for (int i = 0; i < helpers; i++) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void withdraw(Share.Turn turn, Split split) {
        lock.lock();
        try {
            queue.close(turn, split);
        } finally {
            lock.unlock();
        }
        split.await();
    }

    /// A Hibernate session or a request's data may only be used on the Vert.x context they belong to.
    private static Executor callersContext() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(_ -> task.run());
    }
}
