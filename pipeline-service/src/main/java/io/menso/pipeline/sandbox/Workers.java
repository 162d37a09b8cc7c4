package io.menso.pipeline.sandbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Threads that run scripts, shared out fairly: queues take turns, and none may hold more than half of the threads.
@ApplicationScoped
public class Workers {

    private static final Logger LOG = Logger.getLogger(Workers.class);

    /// QuickJS recurses on the thread's stack: with less, a deep but harmless script would end in an overflow.
    private static final long STACK_BYTES = 16L << 20;

    private final int threads;
    private final int perQueue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Map<String, Queue> queues = new HashMap<>();
    private final ArrayDeque<Queue> turns = new ArrayDeque<>();
    private final List<Thread> running = new ArrayList<>();
    private final MeterRegistry meters;
    private boolean stopped;
    private int waiting;

    private static final class Queue {
        final String name;
        final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        int active;

        Queue(String name) {
            this.name = name;
        }
    }

    @Inject
    public Workers(SandboxConfig config, MeterRegistry meters) {
        this.threads = config.workers().orElse(Math.max(2, Runtime.getRuntime().availableProcessors()));
        this.perQueue = Math.max(1, threads / 2);
        this.meters = meters;
    }

    @PostConstruct
    void start() {
        meters.gauge("menso.pipeline.slices.waiting", this, workers -> workers.waiting);
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(null, this::serve, "script-" + i, STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
            running.add(thread);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        lock.lock();
        try {
            stopped = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
        running.forEach(Thread::interrupt);
    }

    /// Runs a task when its queue's turn has come. A task must not throw and must leave the thread uninterrupted.
    void submit(String queueName, Runnable task) {
        lock.lock();
        try {
            Queue queue = queues.computeIfAbsent(queueName, Queue::new);
            queue.tasks.add(task);
            waiting++;
            if (queue.tasks.size() == 1) {
                turns.add(queue);
            }
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    private void serve() {
        while (true) {
            Queue queue = null;
            Runnable task;
            lock.lock();
            try {
                while (!stopped && (queue = takeTurn()) == null) {
                    work.awaitUninterruptibly();
                }
                if (stopped || queue == null) {
                    return;
                }
                task = queue.tasks.remove();
                begin(queue);
            } finally {
                lock.unlock();
            }
            run(task);
            end(queue);
        }
    }

    private @Nullable Queue takeTurn() {
        for (Queue queue : turns) {
            if (queue.active < perQueue) {
                turns.remove(queue);
                return queue;
            }
        }
        return null;
    }

    private void begin(Queue queue) {
        waiting--;
        queue.active++;
        if (!queue.tasks.isEmpty()) {
            turns.add(queue);
            work.signal();
        }
    }

    private void end(Queue queue) {
        lock.lock();
        try {
            queue.active--;
            if (queue.active == 0 && queue.tasks.isEmpty()) {
                queues.remove(queue.name);
            }
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a script's slice failed outside the sandbox", e);
        } finally {
            Thread.interrupted();
        }
    }
}
