package io.menso.pipeline.sandbox;

import io.menso.commons.web.ApiException;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.WasmInterruptedException;

/// Runs an execution's events on the workers and stops what takes too long.
@ApplicationScoped
public class Slices {

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final long PAGES_PER_MIB = 16;

    private final SandboxConfig config;
    private final GuestImage image;
    private final Workers workers;
    private final LargeScripts large;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, runnable -> {
        Thread thread = new Thread(runnable, "script-clock");
        thread.setDaemon(true);
        return thread;
    });

    @Inject
    public Slices(SandboxConfig config, GuestImage image, Workers workers, LargeScripts large) {
        this.config = config;
        this.image = image;
        this.workers = workers;
        this.large = large;
        clock.setRemoveOnCancelPolicy(true);
    }

    void stop(@Observes ShutdownEvent event) {
        clock.shutdownNow();
    }

    void schedule(Execution execution) {
        workers.submit(execution.job().queue(), () -> run(execution));
    }

    /// Lets the wall clock end the execution also while it waits.
    void limitWall(Execution execution) {
        ScheduledFuture<?> alarm = clock.schedule(
                () -> execution.fail(execution.late("more than " + config.wallMillis() + " ms")),
                Math.max(0, execution.job().budget().wallLeft()),
                TimeUnit.NANOSECONDS);
        var _ = execution.outcome().whenComplete((_, _) -> {
            alarm.cancel(false);
            large.release(execution);
            execution.detach();
        });
    }

    private void run(Execution execution) {
        while (execution.takeEvent()) {
            Watch watch = new Watch(execution);
            watch.arm();
            Optional<Throwable> failure = evaluate(execution);
            // Charged before anybody learns of the failure: an outer execution goes on with what is left.
            watch.disarm();
            failure.map(watch::describe).ifPresent(execution::fail);
        }
        park(execution);
    }

    private Optional<Throwable> evaluate(Execution execution) {
        try {
            Guest guest = execution.guest().orElseGet(() -> boot(execution));
            guest.evaluate(image.pump());
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            return Optional.of(e);
        }
    }

    private Guest boot(Execution execution) {
        Guest guest = image.guest((int) (config.memoryMib() * PAGES_PER_MIB), execution);
        execution.attach(guest);
        return guest;
    }

    private void park(Execution execution) {
        boolean isLarge = execution
                .guest()
                .filter(guest -> guest.pages() > config.smallMib() * PAGES_PER_MIB)
                .isPresent();
        if (isLarge && !execution.outcome().isDone() && !large.keep(execution)) {
            execution.fail(ApiException.unavailable("Too many large pipelines at once"));
        }
    }

    /// Interrupts one slice when the CPU time or the wall time is used up.
    private final class Watch {

        private final Execution execution;
        private final Budget budget;
        private final Thread thread = Thread.currentThread();
        private final long cpuAtStart = CPU.getCurrentThreadCpuTime();
        private @Nullable ScheduledFuture<?> alarm;
        private @Nullable String verdict;
        private boolean over;

        Watch(Execution execution) {
            this.execution = execution;
            this.budget = execution.job().budget();
        }

        synchronized void arm() {
            long wait = Math.max(1_000_000, Math.min(budget.cpuLeft() - spent(), budget.wallLeft()));
            alarm = clock.schedule(this::look, wait, TimeUnit.NANOSECONDS);
        }

        private synchronized void look() {
            if (over) {
                return;
            }
            if (budget.cpuLeft() <= spent()) {
                verdict = "more than " + config.cpuMillis() + " ms of CPU time";
            } else if (budget.wallLeft() <= 0) {
                verdict = "more than " + config.wallMillis() + " ms";
            } else {
                arm();
                return;
            }
            thread.interrupt();
        }

        private long spent() {
            return CPU.getThreadCpuTime(thread.threadId()) - cpuAtStart;
        }

        /// After this the thread is never interrupted on behalf of the slice.
        synchronized void disarm() {
            over = true;
            if (alarm != null) {
                alarm.cancel(false);
            }
            budget.spend(spent());
            Thread.interrupted();
        }

        synchronized RuntimeException describe(Throwable failure) {
            if (failure instanceof OutOfMemoryError) {
                return ApiException.unavailable("Too many large pipelines at once");
            }
            if (verdict != null) {
                return execution.stopped(verdict);
            }
            if (failure instanceof WasmInterruptedException) {
                return ApiException.unavailable("The service is stopping");
            }
            int pages = execution.guest().map(Guest::pages).orElse(0);
            boolean full = pages > config.memoryMib() * PAGES_PER_MIB * 9 / 10;
            return full ? execution.stopped("out of memory") : execution.tooDeep();
        }
    }
}
