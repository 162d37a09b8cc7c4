package io.menso.matching.search;

import io.menso.commons.web.Tenant;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.Hit;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What the database says about a search, before and after it. Plain SQL, since every identification asks.
@ApplicationScoped
class Confirmation {

    private static final String VALID_NOW =
            " m.tenant = $1 and m.gallery = $2 and not m.deleted and m.valid_from <= $3 and m.valid_through >= $3";
    /// One value of 16 bytes a user: a gallery of 100,000 would otherwise be as many rows to decode.
    private static final String CANDIDATES =
            "select string_agg(uuid_send(u.user_id), ''::bytea order by u.user_id) as users"
                    + " from (select distinct m.user_id from memberships m where" + VALID_NOW + ") u";
    private static final String FACES = "select f.user_id, f.version from faces f where f.tenant = $1";
    private static final String IN_TENANT = FACES + " and f.user_id = any($2)";
    private static final String IN_GALLERY = FACES + " and f.user_id = any($4)"
            + " and exists (select 1 from memberships m where m.user_id = f.user_id and" + VALID_NOW + ")";

    private final Pool pool;
    private final Clock clock;

    @Inject
    Confirmation(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /// Users with a membership in the gallery that is valid now.
    Uni<Candidates> candidates(Tenant tenant, String gallery) {
        return pool.preparedQuery(CANDIDATES)
                .execute(Tuple.of(tenant.id(), gallery, now()))
                .map(rows -> rows.iterator().next().getBuffer("users"))
                .map(users -> Candidates.ofBytes(users == null ? new byte[0] : users.getBytes()));
    }

    /// Those hits whose face still exists as it was compared, in a gallery with a membership valid now.
    Uni<List<Hit>> confirm(Tenant tenant, Optional<String> gallery, List<Hit> hits) {
        return hits.isEmpty()
                ? Uni.createFrom().item(hits)
                : query(tenant, gallery, hits)
                        .map(Confirmation::versions)
                        .map(versions -> hits.stream()
                                .filter(hit -> versions.getOrDefault(hit.user(), 0L) == hit.version())
                                .toList());
    }

    private Uni<RowSet<Row>> query(Tenant tenant, Optional<String> gallery, List<Hit> hits) {
        UUID[] users = hits.stream().map(Hit::user).toArray(UUID[]::new);
        return gallery.map(name -> pool.preparedQuery(IN_GALLERY).execute(Tuple.of(tenant.id(), name, now(), users)))
                .orElseGet(() -> pool.preparedQuery(IN_TENANT).execute(Tuple.of(tenant.id(), users)));
    }

    private static Map<UUID, Long> versions(RowSet<Row> rows) {
        Map<UUID, Long> versions = new HashMap<>();
        rows.forEach(row -> versions.put(row.getUUID("user_id"), row.getLong("version")));
        return versions;
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
