package io.menso.matching.index.pinot;

import io.menso.matching.index.IndexConfig;
import io.menso.matching.index.IndexConfig.Engine;
import io.menso.matching.index.IndexLoader;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/// Watches what Pinot shows, from one thread of its own: lets go of writes that have arrived there, clears away
/// what was deleted while another index was in use, and compares again when more was written than could be held.
@ApplicationScoped
public class PinotFollower {

    private static final Logger LOG = Logger.getLogger(PinotFollower.class);
    private static final Duration COUNT = Duration.ofSeconds(15);

    private final Instance<PinotIndex> index;
    private final Instance<PinotLoader> filling;
    private final IndexLoader loader;
    private final IndexConfig config;
    private final PinotConfig pinot;
    private final MeterRegistry metrics;
    private volatile boolean running = true;
    private volatile boolean purged;
    private boolean failing;
    private long counted = System.nanoTime() - COUNT.toNanos();

    @Inject
    public PinotFollower(
            Instance<PinotIndex> index,
            Instance<PinotLoader> filling,
            IndexLoader loader,
            IndexConfig config,
            PinotConfig pinot,
            MeterRegistry metrics) {
        this.index = index;
        this.filling = filling;
        this.loader = loader;
        this.config = config;
        this.pinot = pinot;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        if (config.engine() == Engine.PINOT) {
            PinotIndex followed = index.get();
            Gauge.builder("menso.index.recent.writes", followed, PinotIndex::recentWrites)
                    .register(metrics);
            Thread thread = new Thread(() -> follow(followed), "pinot-follower");
            thread.setDaemon(true);
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        running = false;
    }

    private void follow(PinotIndex followed) {
        while (running) {
            try {
                look(followed);
                failing = false;
            } catch (RuntimeException e) {
                if (!failing && running) {
                    LOG.warnf("Pinot is not followed: reason=%s", e.toString());
                }
                failing = true;
            }
            LockSupport.parkNanos(pinot.interval().toNanos());
        }
    }

    private void look(PinotIndex followed) {
        followed.settle();
        if (followed.isOverrun() && loader.isLoaded()) {
            LOG.warn("more was written than is held until Pinot shows it; the service is not ready until it does");
            loader.reload();
        }
        if (loader.isLoaded() && !purged) {
            purged = true;
            Thread thread = new Thread(this::purge, "pinot-purge");
            thread.setDaemon(true);
            thread.start();
        }
        if (System.nanoTime() - counted >= COUNT.toNanos()) {
            followed.count();
            counted = System.nanoTime();
        }
    }

    /// Long, when there is much to clear away; writes are let go of meanwhile.
    private void purge() {
        try {
            long gone = filling.get().purge(() -> running);
            LOG.infof("rows without a template: deleted=%d", gone);
        } catch (RuntimeException e) {
            LOG.warnf("rows without a template stay until the next attempt: reason=%s", e.toString());
            LockSupport.parkNanos(COUNT.toNanos());
            purged = false;
        }
    }
}
