package io.menso.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.commons.data.Outbox;
import io.menso.commons.web.EventEnvelope;
import io.menso.commons.web.UuidV7;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/// Puts events into the outbox. They carry ids and periods, never a name.
@ApplicationScoped
public class IdentityEvents {

    private final Outbox outbox;
    private final UuidV7 ids;
    private final Clock clock;

    @Inject
    public IdentityEvents(Outbox outbox, UuidV7 ids, Clock clock) {
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /// Must run inside the transaction of the change.
    ///
    /// @param topic   for example `identity.user.v1`
    /// @param type    for example `user.created`
    /// @param key     whose event it is
    /// @param version version of the object after the change
    public Uni<Void> append(String topic, String type, TenantKey key, long version, ObjectNode data) {
        EventEnvelope event =
                new EventEnvelope(ids.next(), type, clock.millis(), key.customer(), key.environment(), version, data);
        return outbox.append(topic, key.eventKey(), event);
    }
}
