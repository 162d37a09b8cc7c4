package io.menso.device.key;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.menso.commons.data.Outbox;
import io.menso.commons.web.EventEnvelope;
import io.menso.commons.web.UuidV7;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/// Tells on `device.key.v1` what happened to a key, so that gateways forget what they cached. Never holds a secret.
@ApplicationScoped
class KeyEvents {

    private static final String TOPIC = "device.key.v1";

    private final Outbox outbox;
    private final UuidV7 ids;
    private final Clock clock;

    @Inject
    KeyEvents(Outbox outbox, UuidV7 ids, Clock clock) {
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    Uni<Void> created(AccessKey key) {
        return append("key.created", key);
    }

    /// Something that authentication reads beside the key changed: its device's gallery.
    Uni<Void> changed(AccessKey key) {
        return append("key.changed", key);
    }

    Uni<Void> revoked(AccessKey key) {
        return append("key.revoked", key);
    }

    private Uni<Void> append(String type, AccessKey key) {
        String kid = key.id().toString();
        return outbox.append(
                TOPIC,
                kid,
                new EventEnvelope(
                        ids.next(),
                        type,
                        clock.millis(),
                        key.tenant().customer(),
                        key.tenant().environment().label(),
                        key.version(),
                        JsonNodeFactory.instance.objectNode().put("kid", kid)));
    }
}
