package io.menso.matching.face;

import io.menso.commons.web.Tenant;
import io.menso.matching.face.TemplateReader.Position;
import io.menso.matching.index.Space;
import io.menso.matching.index.Versions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// Says which templates there are and of which version, many at a time and without their content: a
/// restart of the index compares what its files hold.
@ApplicationScoped
public class TemplateVersions {

    private static final String LAST = "select last_value from face_version";
    private static final String RUN = "select t.tenant, t.user_id, t.revision from templates t"
            + " where (t.tenant, t.user_id, t.revision) > ($1, $2, $3) order by t.tenant, t.user_id, t.revision";
    /// One value of 24 bytes a template, all as of one moment. Each page reads all faces once and joins them by a
    /// hash, so pages should be large; to look the faces up one by one takes five times as long.
    private static final String PAGE = "with last as materialized (" + RUN + " offset $4 - 1 limit 1)"
            + " select p.tenant, p.revision, l.tenant as last_tenant,"
            + " l.user_id as last_user, l.revision as last_revision,"
            + " string_agg(uuid_send(p.user_id) || int8send(f.version), ''::bytea) as versions"
            + " from (" + RUN + " limit $4) p left join last l on true"
            + " join faces f on f.tenant = p.tenant and f.user_id = p.user_id"
            + " group by p.tenant, p.revision, l.tenant, l.user_id, l.revision";

    private final Pool pool;

    @Inject
    TemplateVersions(Pool pool) {
        this.pool = pool;
    }

    /// A run of templates in the order of all.
    ///
    /// @param spaces what it holds
    /// @param last   its end; nothing when no more follow
    public record Page(Map<Space, Versions> spaces, Optional<Position> last) {}

    /// The highest version that the database has given so far. Who knows a higher one knows another past.
    public Uni<Long> last() {
        return pool.query(LAST).execute().map(rows -> rows.iterator().next().getLong(0));
    }

    /// Up to `limit` templates of all tenants from behind a position.
    public Uni<Page> page(Position after, int limit) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(after.tenant(), after.user(), after.revision(), limit))
                .map(rows -> new Page(spaces(rows), last(rows)));
    }

    private static Optional<Position> last(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .findFirst()
                .filter(row -> row.getString("last_tenant") != null)
                .map(row -> new Position(
                        row.getString("last_tenant"), row.getUUID("last_user"), row.getString("last_revision")));
    }

    private static Map<Space, Versions> spaces(RowSet<Row> rows) {
        Map<Space, Versions> spaces = new HashMap<>();
        for (Row row : rows) {
            Tenant tenant = TemplateReader.tenant(row.getString("tenant"));
            spaces.put(
                    new Space(tenant, row.getString("revision")),
                    new Versions(row.getBuffer("versions").getBytes()));
        }
        return spaces;
    }
}
