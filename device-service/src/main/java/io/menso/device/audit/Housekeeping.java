package io.menso.device.audit;

import io.menso.commons.data.IdempotencyKeys;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/// Deletes audit records and idempotency keys that have served their time.
@ApplicationScoped
class Housekeeping {

    private static final String FORGET = "delete from audit_records where recorded_at < ?1";

    private final IdempotencyKeys idempotencyKeys;
    private final AuditConfig config;
    private final Clock clock;

    @Inject
    Housekeeping(IdempotencyKeys idempotencyKeys, AuditConfig config, Clock clock) {
        this.idempotencyKeys = idempotencyKeys;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @WithTransaction
    Uni<Void> sweep() {
        Instant oldest = clock.instant().minus(config.retention());
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FORGET)
                        .setParameter(1, oldest)
                        .executeUpdate())
                .chain(idempotencyKeys::purge)
                .replaceWithVoid();
    }
}
