package io.menso.gateway.observation;

import io.menso.gateway.keys.KeyCache;
import io.menso.gateway.proxy.Exchange;
import io.menso.gateway.routing.Route;
import io.menso.gateway.routing.RouteTable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/// Counts and times what passed, by route template, method and status; all of them are bounded.
@Singleton
public class RequestObserver {

    /// Status of a request whose caller left before the answer.
    private static final int LEFT = 499;

    private record Tags(String route, String method, int status) {}

    private final MeterRegistry registry;
    private final AuditLog audit;
    private final ConcurrentMap<Tags, Timer> timers = new ConcurrentHashMap<>();

    @Inject
    public RequestObserver(MeterRegistry registry, AuditLog audit, KeyCache keys) {
        this.registry = registry;
        this.audit = audit;
        Gauge.builder("menso.gateway.keys.live", keys, cache -> cache.isLive() ? 1 : 0)
                .description("1 while the stream of key changes is followed and keys are remembered")
                .register(registry);
    }

    /// The exchange is over.
    ///
    /// @param completed whether the response went out whole
    public void finished(Exchange exchange, boolean completed) {
        int status = completed || exchange.response().headWritten()
                ? exchange.response().getStatusCode()
                : LEFT;
        timers.computeIfAbsent(tags(exchange, status), this::timer).record(exchange.nanos(), TimeUnit.NANOSECONDS);
        audit.record(exchange, status);
    }

    private static Tags tags(Exchange exchange, int status) {
        String route = exchange.route().map(Route::template).orElse("unmatched");
        boolean usual = RouteTable.all().stream()
                .anyMatch(known -> known.operation(exchange.request().method()).isPresent());
        return new Tags(route, usual ? exchange.request().method().name() : "other", status);
    }

    private Timer timer(Tags tags) {
        return Timer.builder("menso.gateway.requests")
                .description("Requests from arrival to the end of the response")
                .tag("route", tags.route())
                .tag("method", tags.method())
                .tag("status", Integer.toString(tags.status()))
                .register(registry);
    }
}
