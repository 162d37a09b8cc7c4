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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Counts the database's templates, so that another store can be compared with it without reading them all.
@ApplicationScoped
public class TemplateCensus {

    /// Versions are summed by their remainders, so that the sum of any number of rows is exact in a float64.
    public static final int MODULUS = 1_000_003;

    private static final String JOINED =
            " from templates t join faces f on f.tenant = t.tenant and f.user_id = t.user_id";
    private static final String LAST_VERSION = "select last_value from face_version";
    private static final String COUNT = "select t.tenant, count(*) as templates, sum(mod(f.version, " + MODULUS
            + "))::bigint as remainders" + JOINED + " where f.version <= $1";
    private static final String COUNT_ALL = COUNT + " group by t.tenant";
    private static final String COUNT_SOME = COUNT + " and t.tenant = any($2) group by t.tenant";
    private static final String SELECT = "select t.user_id, t.revision, f.version" + JOINED + " where t.tenant = $1";
    private static final String PAGE =
            SELECT + " and (t.user_id, t.revision) > ($2, $3)" + " order by t.user_id, t.revision limit $4";
    private static final String OF_USERS = SELECT + " and t.user_id = any($2)";

    private final Pool pool;

    @Inject
    public TemplateCensus(Pool pool) {
        this.pool = pool;
    }

    /// What a tenant has. Two stores with equal counts of the same versions hold the same templates, but for an
    /// accident
    /// whose chance is one in a million.
    ///
    /// @param templates  how many
    /// @param remainders sum of their versions modulo [#MODULUS]
    public record Count(long templates, long remainders) {}

    /// One template, without its vector.
    public record Known(UUID user, String revision, long version) {

        /// Sorts before every template.
        public static final Known START = new Known(new UUID(0, 0), "", 0);
    }

    /// Version that the last change got, or a change that is under way.
    public Uni<Long> lastVersion() {
        return pool.query(LAST_VERSION)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /// Templates of each tenant up to a version.
    public Uni<Map<Tenant, Count>> count(long upTo) {
        return pool.preparedQuery(COUNT_ALL).execute(Tuple.of(upTo)).map(TemplateCensus::counts);
    }

    /// The same of some tenants.
    public Uni<Map<Tenant, Count>> count(long upTo, Collection<Tenant> tenants) {
        String[] ids = tenants.stream().map(Tenant::id).toArray(String[]::new);
        return pool.preparedQuery(COUNT_SOME).execute(Tuple.of(upTo, ids)).map(TemplateCensus::counts);
    }

    /// Templates of a tenant behind another, ordered by user and revision.
    public Uni<List<Known>> page(Tenant tenant, Known after, int limit) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(tenant.id(), after.user(), after.revision(), limit))
                .map(TemplateCensus::known);
    }

    public Uni<List<Known>> ofUsers(Tenant tenant, Collection<UUID> users) {
        return pool.preparedQuery(OF_USERS)
                .execute(Tuple.of(tenant.id(), users.toArray(UUID[]::new)))
                .map(TemplateCensus::known);
    }

    private static Map<Tenant, Count> counts(RowSet<Row> rows) {
        Map<Tenant, Count> counts = new HashMap<>();
        rows.forEach(row -> counts.put(
                TemplateReader.tenant(row.getString("tenant")),
                new Count(row.getLong("templates"), row.getLong("remainders"))));
        return counts;
    }

    private static List<Known> known(RowSet<Row> rows) {
        List<Known> known = new ArrayList<>(rows.size());
        rows.forEach(
                row -> known.add(new Known(row.getUUID("user_id"), row.getString("revision"), row.getLong("version"))));
        return known;
    }
}
