package io.menso.matching.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What operators see of the pool. Tenants are not told apart: there may be ten thousand of them.
final class CpuMetrics {

    private static final String PREFIX = "menso.matching.cpu.";
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(100_000),
        Duration.ofMillis(1),
        Duration.ofMillis(3),
        Duration.ofMillis(10),
        Duration.ofMillis(30),
        Duration.ofMillis(100),
        Duration.ofMillis(300),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3)
    };

    private final MeterRegistry registry;
    private final Map<Kind, Timer> waits = new EnumMap<>(Kind.class);
    private final Map<Kind, Timer> runs = new EnumMap<>(Kind.class);
    private final Map<Limit, Counter> rejections = new EnumMap<>(Limit.class);

    private enum Kind {
        REQUEST("request"),
        BACKGROUND("background"),
        PART("part");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        static Kind of(Work work) {
            return switch (work) {
                case Job job -> job.tenant().isPresent() ? REQUEST : BACKGROUND;
                case Split.Part _ -> PART;
            };
        }
    }

    CpuMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Kind kind : Kind.values()) {
            if (kind != Kind.PART) {
                waits.put(kind, timer("wait", "From arrival to a thread", kind));
            }
            runs.put(kind, timer("run", "Time on a thread; a part is what one thread did to help another", kind));
        }
        for (Limit limit : Limit.values()) {
            rejections.put(limit, counter(limit));
        }
    }

    void observeWaiting(Supplier<Number> requests, Supplier<Number> background) {
        gauge("queue", "Work that waits for a thread", Kind.REQUEST, requests);
        gauge("queue", "Work that waits for a thread", Kind.BACKGROUND, background);
    }

    void observeTenants(Supplier<Number> tenants) {
        Gauge.builder(PREFIX + "tenants", tenants)
                .description("Tenants that have work waiting or running, or used more than their share just now")
                .register(registry);
    }

    void started(Job job, long now) {
        Objects.requireNonNull(waits.get(Kind.of(job))).record(now - job.since(), TimeUnit.NANOSECONDS);
    }

    void finished(Work work, long nanos) {
        Objects.requireNonNull(runs.get(Kind.of(work))).record(nanos, TimeUnit.NANOSECONDS);
    }

    void rejected(Limit limit) {
        Objects.requireNonNull(rejections.get(limit)).increment();
    }

    private void gauge(String name, String description, Kind kind, Supplier<Number> value) {
        Gauge.builder(PREFIX + name, value)
                .description(description)
                .tag("work", kind.label)
                .register(registry);
    }

    private Timer timer(String name, String description, Kind kind) {
        return Timer.builder(PREFIX + name)
                .description(description)
                .tag("work", kind.label)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter counter(Limit limit) {
        return Counter.builder(PREFIX + "rejections")
                .description("Work refused because too much was waiting")
                .tag("limit", limit.label())
                .register(registry);
    }
}
