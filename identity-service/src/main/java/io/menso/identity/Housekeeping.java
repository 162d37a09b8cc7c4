package io.menso.identity;

import io.menso.commons.data.IdempotencyKeys;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/// Removes what has outlived its time.
@ApplicationScoped
class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private final IdempotencyKeys keys;

    @Inject
    Housekeeping(IdempotencyKeys keys) {
        this.keys = keys;
    }

    @Scheduled(every = "1h", delayed = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> purgeIdempotencyKeys() {
        return Panache.withTransaction(keys::purge)
                .invoke(gone -> LOG.infof("idempotency keys purged: count=%d", gone))
                .replaceWithVoid();
    }
}
