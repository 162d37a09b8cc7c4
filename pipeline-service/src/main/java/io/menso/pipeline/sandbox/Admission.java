package io.menso.pipeline.sandbox;

import io.menso.commons.web.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Decides which execution may start: so many of each queue, so many in the process, the rest waits in turn.
@ApplicationScoped
public class Admission {

    private final int atOnce;
    private final int longestQueue;
    private final int live;
    private final long patienceNanos;
    private final MeterRegistry meters;
    private final Map<String, Integer> active = new HashMap<>();
    private final Map<String, ArrayDeque<Waiting>> queues = new LinkedHashMap<>();
    private int running;

    private record Waiting(long since, Runnable start, Consumer<ApiException> refuse) {}

    @Inject
    public Admission(SandboxConfig config, MeterRegistry meters) {
        this.atOnce = config.atOnce();
        this.longestQueue = config.queue();
        this.live = config.live();
        this.patienceNanos = config.queueMillis() * 1_000_000L;
        this.meters = meters;
    }

    @PostConstruct
    void measure() {
        meters.gauge("menso.pipeline.executions.live", this, admission -> admission.running);
    }

    /// Starts now or later, or refuses with 503. Each start must be followed by one [#leave].
    void enter(String queue, Runnable start, Consumer<ApiException> refuse) {
        boolean full;
        synchronized (this) {
            ArrayDeque<Waiting> waiting = queues.computeIfAbsent(queue, _ -> new ArrayDeque<>());
            full = waiting.size() >= longestQueue;
            if (!full) {
                waiting.add(new Waiting(System.nanoTime(), start, refuse));
            }
        }
        if (full) {
            refuse.accept(busy());
        } else {
            admit().forEach(Runnable::run);
        }
    }

    /// An execution has ended.
    void leave(String queue) {
        synchronized (this) {
            running--;
            active.computeIfPresent(queue, (_, count) -> count == 1 ? null : count - 1);
        }
        admit().forEach(Runnable::run);
    }

    private synchronized List<Runnable> admit() {
        List<Runnable> due = new ArrayList<>();
        boolean progress = true;
        while (progress) {
            progress = false;
            for (String queue : List.copyOf(queues.keySet())) {
                progress |= running < live && active.getOrDefault(queue, 0) < atOnce && admitOne(queue, due);
            }
        }
        return due;
    }

    private boolean admitOne(String queue, List<Runnable> due) {
        // Taken out and put back at the end: the queues take turns.
        ArrayDeque<Waiting> waiting = queues.remove(queue);
        if (waiting == null || waiting.isEmpty()) {
            return false;
        }
        Waiting first = waiting.remove();
        if (!waiting.isEmpty()) {
            queues.put(queue, waiting);
        }
        if (System.nanoTime() - first.since() > patienceNanos) {
            due.add(() -> first.refuse().accept(busy()));
        } else {
            running++;
            active.merge(queue, 1, Integer::sum);
            due.add(first.start());
        }
        return true;
    }

    private static ApiException busy() {
        return ApiException.unavailable("Too many pipelines at once");
    }
}
