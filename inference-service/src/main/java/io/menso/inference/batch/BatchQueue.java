package io.menso.inference.batch;

import io.menso.commons.web.ApiException;
import io.menso.inference.engine.Network;
import io.menso.inference.engine.Outputs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A network behind a bounded queue. Waiting pictures of one size run together; a full queue refuses at once.
/// Several holders may share it; it ends with the last of them.
public final class BatchQueue implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(BatchQueue.class);

    private final String name;
    private final Network network;
    private final int maxSize;
    private final long maxDelay;
    private final BlockingQueue<Job> queue;
    private final List<Thread> threads = new ArrayList<>();
    private final Timer runs;
    private final Gauge waiting;
    private final MeterRegistry registry;
    private int holders = 1;
    private volatile boolean closed;

    /// What a network said about one picture.
    ///
    /// @param outputs this picture's part of each output
    /// @param queued  nanoseconds it waited
    /// @param run     nanoseconds its batch took, divided by the pictures in it
    public record Answer(Outputs outputs, long queued, long run) {}

    private record Job(float[] planes, int width, int height, long since, CompletableFuture<Answer> answer) {

        boolean fits(Job other) {
            return width == other.width && height == other.height;
        }
    }

    /// Starts the threads.
    ///
    /// @param name    of the network, for threads and metrics
    /// @param maxSize pictures run together at most
    public BatchQueue(String name, Network network, int maxSize, BatchConfig config, MeterRegistry registry) {
        this.name = name;
        this.network = network;
        this.maxSize = Math.max(1, maxSize);
        this.maxDelay = config.maxDelay().toNanos();
        this.queue = new ArrayBlockingQueue<>(config.queue());
        this.registry = registry;
        this.runs = Timer.builder("menso.inference.run")
                .description("Runs of a network, one per batch")
                .tag("network", name)
                .register(registry);
        this.waiting = Gauge.builder("menso.inference.queue", queue, BlockingQueue::size)
                .description("Pictures that wait for a network")
                .tag("network", name)
                .register(registry);
        for (int i = 0; i < Math.max(1, config.threads()); i++) {
            threads.add(Thread.ofPlatform()
                    .daemon()
                    .name("network-" + name + "-" + i)
                    .start(this::work));
        }
    }

    /// Queues a picture.
    ///
    /// @param planes three planes of `width * height` numbers
    /// @throws ApiException 503 when the queue is full
    public CompletableFuture<Answer> submit(float[] planes, int width, int height) {
        Job job = new Job(planes, width, height, System.nanoTime(), new CompletableFuture<>());
        if (closed || !queue.offer(job)) {
            throw ApiException.unavailable("Too many images are waiting for a model; try again");
        }
        return job.answer();
    }

    /// Runs one picture of zeros, so that the first request finds everything loaded.
    public Answer warmUp(int width, int height, Duration patience) {
        return Futures.await(submit(new float[3 * width * height], width, height), patience);
    }

    /// Adds a holder, who closes it in turn.
    ///
    /// @return whether it still runs
    public synchronized boolean share() {
        if (closed) {
            return false;
        }
        holders++;
        return true;
    }

    /// Whether its last holder has closed it.
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            holders--;
            if (holders > 0 || closed) {
                return;
            }
            closed = true;
        }
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        queue.forEach(job -> job.answer().completeExceptionally(ApiException.unavailable("The model is closing")));
        registry.remove(runs);
        registry.remove(waiting);
        network.close();
    }

    private void work() {
        try (Network.Runner runner = network.runner()) {
            Job next = null;
            while (!closed) {
                Job first = next == null ? queue.take() : next;
                List<Job> batch = new ArrayList<>(maxSize);
                batch.add(first);
                next = fill(batch);
                run(runner, batch);
            }
        } catch (InterruptedException e) {
            LOG.debugf("network stops: network=%s", name);
        }
    }

    /// Adds what waits, or comes soon enough.
    ///
    /// @return a picture of another size that must start the next batch
    private @Nullable Job fill(List<Job> batch) throws InterruptedException {
        long deadline = System.nanoTime() + maxDelay;
        while (batch.size() < maxSize) {
            Job job = queue.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (job == null) {
                return null;
            }
            if (!job.fits(batch.getFirst())) {
                return job;
            }
            batch.add(job);
        }
        return null;
    }

    private void run(Network.Runner runner, List<Job> batch) {
        batch.removeIf(job -> job.answer().isDone());
        if (batch.isEmpty()) {
            return;
        }
        Job first = batch.getFirst();
        try {
            long start = System.nanoTime();
            Outputs outputs = runner.run(join(batch), batch.size(), first.height(), first.width());
            long nanos = System.nanoTime() - start;
            runs.record(nanos, TimeUnit.NANOSECONDS);
            for (int i = 0; i < batch.size(); i++) {
                Job job = batch.get(i);
                job.answer()
                        .complete(new Answer(outputs.part(i, batch.size()), start - job.since(), nanos / batch.size()));
            }
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.errorf(e, "network fails: network=%s batch=%d", name, batch.size());
            batch.forEach(job -> job.answer().completeExceptionally(e));
        }
    }

    private static float[] join(List<Job> batch) {
        if (batch.size() == 1) {
            return batch.getFirst().planes();
        }
        int length = batch.getFirst().planes().length;
        float[] joined = new float[length * batch.size()];
        for (int i = 0; i < batch.size(); i++) {
            System.arraycopy(batch.get(i).planes(), 0, joined, i * length, length);
        }
        return joined;
    }
}
