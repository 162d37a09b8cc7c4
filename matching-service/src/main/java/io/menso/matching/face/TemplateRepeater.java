package io.menso.matching.face;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.Tenant;
import io.menso.matching.face.TemplateEvents.Keyed;
import io.menso.matching.index.Space;
import io.menso.matching.runtime.CpuPool;
import io.menso.matching.tenantkey.TemplateCipher;
import io.menso.matching.tenantkey.TenantKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Publishes templates again for a Pinot that lacks them, and that those are gone which it should not have.
///
/// Everything goes through the outbox, in transactions that hold what writers of the same users wait for: so no
/// event overtakes a later one of its key, and a compacted topic ends with the truth.
@ApplicationScoped
public class TemplateRepeater {

    private static final Logger LOG = Logger.getLogger(TemplateRepeater.class);
    private static final String LOCKED = TemplateReader.SELECT
            + " where t.tenant = $1 and t.user_id = any($2) order by t.user_id, t.revision for update of f";
    private static final String OF_USER =
            "select revision from templates where tenant = $1 and user_id = $2 and revision = any($3)";
    private static final String NEXT_VERSION = "select nextval('face_version')";
    private static final String APPEND = "insert into outbox (topic, key, payload)"
            + " select $1, key, payload from unnest($2::text[], $3::text[]) as event (key, payload)";
    private static final String WAITING = "select count(*) from outbox";

    private final Pool pool;
    private final TenantKeys keys;
    private final TemplateEvents events;
    private final CpuPool cpu;
    private final ObjectMapper json;

    @Inject
    public TemplateRepeater(Pool pool, TenantKeys keys, TemplateEvents events, CpuPool cpu, ObjectMapper json) {
        this.pool = pool;
        this.keys = keys;
        this.events = events;
        this.cpu = cpu;
        this.json = json;
    }

    /// Publishes all templates of some users as they are now.
    ///
    /// @return those that were published; one that cannot be opened is not
    public Uni<Set<TemplateKey>> repeat(Tenant tenant, Collection<UUID> users) {
        return keys.of(tenant)
                .chain(cipher -> pool.withTransaction(
                        connection -> repeat(connection, cipher, Tuple.of(tenant.id(), users.toArray(UUID[]::new)))));
    }

    /// Publishes that templates are gone, unless they exist.
    public Uni<Void> bury(Tenant tenant, UUID user, Collection<String> revisions) {
        return pool.withTransaction(connection -> bury(connection, tenant, user, revisions));
    }

    /// Events that wait to be sent.
    public Uni<Long> waiting() {
        return pool.query(WAITING).execute().map(rows -> rows.iterator().next().getLong(0));
    }

    private Uni<Set<TemplateKey>> repeat(SqlConnection connection, TemplateCipher cipher, Tuple users) {
        return connection
                .preparedQuery(LOCKED)
                .execute(users)
                .map(TemplateReader::read)
                .chain(stored -> cpu.runInBackground(() -> sealAll(cipher, stored)))
                .call(rows -> append(connection, List.copyOf(rows.values())))
                .map(Map::keySet);
    }

    private Map<TemplateKey, Keyed> sealAll(TemplateCipher cipher, List<StoredTemplate> all) {
        Map<TemplateKey, Keyed> rows = new LinkedHashMap<>();
        for (StoredTemplate stored : all) {
            try {
                float[] vector = cipher.open(stored.user(), stored.revision(), stored.sealed());
                Space space = new Space(stored.tenant(), stored.revision());
                rows.put(
                        new TemplateKey(stored.tenant().id(), stored.user(), stored.revision()),
                        events.repeated(space, stored.user(), stored.version(), vector));
            } catch (IllegalStateException e) {
                LOG.errorf("template cannot be opened: tenant=%s user=%s", stored.tenant(), stored.user());
            }
        }
        return rows;
    }

    private Uni<Void> bury(SqlConnection connection, Tenant tenant, UUID user, Collection<String> revisions) {
        List<String> gone = new ArrayList<>(revisions);
        return connection
                .preparedQuery(ErasedUsers.LOCK.replace("?1", "$1"))
                .execute(Tuple.of(ErasedUsers.lockName(UserKey.of(tenant, user))))
                .chain(() -> connection
                        .preparedQuery(OF_USER)
                        .execute(Tuple.of(tenant.id(), user, revisions.toArray(String[]::new))))
                .invoke(rows -> rows.forEach(row -> gone.remove(row.getString("revision"))))
                .chain(() -> connection.query(NEXT_VERSION).execute())
                .map(rows -> events.deleted(tenant, user, rows.iterator().next().getLong(0), gone))
                .chain(deleted -> append(connection, deleted));
    }

    private Uni<Void> append(SqlConnection connection, List<Keyed> all) {
        String[] keyed = all.stream().map(Keyed::key).toArray(String[]::new);
        String[] payloads = all.stream().map(this::payload).toArray(String[]::new);
        return connection
                .preparedQuery(APPEND)
                .execute(Tuple.of(TemplateEvents.TOPIC, keyed, payloads))
                .replaceWithVoid();
    }

    private String payload(Keyed one) {
        try {
            return json.writeValueAsString(one.event());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "event cannot be written: type=" + one.event().type(), e);
        }
    }
}
