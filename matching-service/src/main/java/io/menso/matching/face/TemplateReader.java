package io.menso.matching.face;

import io.menso.commons.web.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Reads committed templates in plain SQL: the index asks for millions of them, far from any session.
@ApplicationScoped
public class TemplateReader {

    /// Sorts before every template.
    public static final Position START = new Position("", new UUID(0, 0), "");

    static final String SELECT = "select t.tenant, t.user_id, t.revision, t.sealed, f.version"
            + " from templates t join faces f on f.tenant = t.tenant and f.user_id = t.user_id";
    private static final String OF_USER = SELECT + " where t.tenant = $1 and t.user_id = $2";
    private static final String OF_USERS = SELECT + " where t.tenant = $1 and t.user_id = any($2)";
    private static final String PAGE = SELECT + " where (t.tenant, t.user_id, t.revision) > ($1, $2, $3)"
            + " order by t.tenant, t.user_id, t.revision limit $4";

    private final Pool pool;

    @Inject
    public TemplateReader(Pool pool) {
        this.pool = pool;
    }

    /// A place in the order of all templates.
    public record Position(String tenant, UUID user, String revision) {

        public static Position of(StoredTemplate template) {
            return new Position(template.tenant().id(), template.user(), template.revision());
        }
    }

    public Uni<List<StoredTemplate>> ofUser(Tenant tenant, UUID user) {
        return pool.preparedQuery(OF_USER).execute(Tuple.of(tenant.id(), user)).map(TemplateReader::read);
    }

    public Uni<List<StoredTemplate>> ofUsers(Tenant tenant, Collection<UUID> users) {
        return pool.preparedQuery(OF_USERS)
                .execute(Tuple.of(tenant.id(), users.toArray(UUID[]::new)))
                .map(TemplateReader::read);
    }

    /// Up to `limit` templates of all tenants, from behind a position.
    public Uni<List<StoredTemplate>> page(Position after, int limit) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(after.tenant(), after.user(), after.revision(), limit))
                .map(TemplateReader::read);
    }

    static List<StoredTemplate> read(RowSet<Row> rows) {
        List<StoredTemplate> templates = new ArrayList<>(rows.size());
        for (Row row : rows) {
            templates.add(new StoredTemplate(
                    tenant(row.getString("tenant")),
                    row.getUUID("user_id"),
                    row.getString("revision"),
                    row.getBuffer("sealed").getBytes(),
                    row.getLong("version")));
        }
        return templates;
    }

    static Tenant tenant(String id) {
        int slash = id.lastIndexOf('/');
        return Tenant.of(id.substring(0, slash), id.substring(slash + 1));
    }
}
