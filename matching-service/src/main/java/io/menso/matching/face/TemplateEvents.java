package io.menso.matching.face;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.commons.web.EventEnvelope;
import io.menso.commons.web.Tenant;
import io.menso.commons.web.UuidV7;
import io.menso.matching.index.Space;
import io.menso.matching.index.pinot.PinotSeals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// What `matching.template.v1` says of a change.
///
/// With the local index an event names the user, and who reads it asks the database. With Pinot each event is a
/// row of its table: one for each template of the user, its vector sealed under the key that Pinot's servers
/// have.
@ApplicationScoped
public class TemplateEvents {

    static final String TOPIC = "matching.template.v1";
    /// Type of events that only tell Pinot again what is so already.
    public static final String REPEATED = "template.repeated";
    private static final String CHANGED = "template.changed";
    private static final String DELETED = "template.deleted";

    private final PinotSeals seals;
    private final ObjectMapper json;
    private final Clock clock;
    private final UuidV7 ids;

    @Inject
    TemplateEvents(PinotSeals seals, ObjectMapper json, Clock clock) {
        this.seals = seals;
        this.json = json;
        this.clock = clock;
        this.ids = new UuidV7(clock);
    }

    /// An event and the key under which a compacted topic keeps the last of its kind.
    record Keyed(String key, EventEnvelope event) {}

    /// That this is the user's only template now.
    ///
    /// @param former revisions of the templates that it replaces
    List<Keyed> changed(Tenant tenant, UUID user, long version, Embedding embedding, Collection<String> former) {
        List<Keyed> events = new ArrayList<>();
        if (seals.isUsed()) {
            former.stream()
                    .filter(revision -> !revision.equals(embedding.revision()))
                    .forEach(revision -> events.add(gone(new Space(tenant, revision), user, version)));
            events.add(row(CHANGED, new Space(tenant, embedding.revision()), user, version, embedding.vector()));
        } else {
            ObjectNode data =
                    data(user).put("revision", embedding.revision()).put("dimension", embedding.vector().length);
            events.add(event(CHANGED, tenant, user.toString(), version, data));
        }
        return events;
    }

    /// That the user has no template any more.
    ///
    /// @param former revisions of the templates that there were
    List<Keyed> deleted(Tenant tenant, UUID user, long version, Collection<String> former) {
        return seals.isUsed()
                ? former.stream()
                        .map(revision -> gone(new Space(tenant, revision), user, version))
                        .toList()
                : List.of(event(DELETED, tenant, user.toString(), version, data(user)));
    }

    /// A template as Pinot should hold it.
    Keyed repeated(Space space, UUID user, long version, float[] vector) {
        return row(REPEATED, space, user, version, vector);
    }

    private Keyed gone(Space space, UUID user, long version) {
        ObjectNode data = data(user).put("revision", space.revision());
        return event(DELETED, space.tenant(), user + "/" + space.revision(), version, data);
    }

    private Keyed row(String type, Space space, UUID user, long version, float[] vector) {
        ObjectNode data = data(user)
                .put("revision", space.revision())
                .put("dimension", vector.length)
                .put("sealed", seals.seal(space, user, version, vector));
        return event(type, space.tenant(), user + "/" + space.revision(), version, data);
    }

    private ObjectNode data(UUID user) {
        return json.createObjectNode().put("user", user.toString());
    }

    private Keyed event(String type, Tenant tenant, String key, long version, ObjectNode data) {
        String environment = tenant.environment().label();
        EventEnvelope event =
                new EventEnvelope(ids.next(), type, clock.millis(), tenant.customer(), environment, version, data);
        return new Keyed(tenant.id() + "/" + key, event);
    }
}
