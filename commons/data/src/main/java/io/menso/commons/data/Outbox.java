package io.menso.commons.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.EventEnvelope;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Records events in the transaction that changes the state, so that one is never published without the other.
///
/// Needs the table `outbox (seq bigint generated always as identity primary key, topic text not null,
/// key text not null, payload text not null)`; [OutboxRelay] sends what lies there.
@ApplicationScoped
public class Outbox {

    private static final String INSERT = "insert into outbox (topic, key, payload) values (?1, ?2, ?3)";

    private final ObjectMapper json;
    private final OutboxRelay relay;

    @Inject
    public Outbox(ObjectMapper json, OutboxRelay relay) {
        this.json = json;
        this.relay = relay;
    }

    /// Appends an event. Must run inside a transaction (`@WithTransaction`), after the lock or change of the object's
    /// row: then events of one key get their numbers in the order in which their transactions commit.
    ///
    /// @param topic   for example `identity.token.v1`
    /// @param key     key of compaction and order, for example the tenant and the object's id
    /// @param event   what happened
    public Uni<Void> append(String topic, String key, EventEnvelope event) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(INSERT)
                        .setParameter(1, topic)
                        .setParameter(2, key)
                        .setParameter(3, write(event))
                        .executeUpdate())
                .invoke(relay::wake)
                .replaceWithVoid();
    }

    private String write(EventEnvelope event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("event cannot be written: type=" + event.type(), e);
        }
    }
}
