package io.menso.pipeline.registry;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Tenant;
import io.menso.commons.web.UuidV7;
import io.menso.pipeline.sandbox.Job;
import io.menso.pipeline.sandbox.Script;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Iterator;
import java.util.UUID;

/// Finds what to run. Works on any thread, because nested pipelines are looked up outside of any request.
@ApplicationScoped
public class Sources {

    private static final String FIND = "select source from pipelines where tenant = $1 and id = $2";

    private final BuiltIns builtIns;
    private final Pool pool;

    @Inject
    public Sources(BuiltIns builtIns, Pool pool) {
        this.builtIns = builtIns;
        this.pool = pool;
    }

    /// A pipeline as it is to be run. An execution keeps it to its end, whatever happens to the pipeline (G8).
    ///
    /// @param name   name of a built-in, uuid of another
    /// @param lane   the queue that it belongs to
    /// @param script its source
    public record Source(String name, Job.Lane lane, Script script) {}

    /// @return the pipeline; 404 when the tenant has none of this name
    public Uni<Source> find(Tenant tenant, String name) {
        return builtIns.find(name)
                .map(script -> Uni.createFrom().item(new Source(name, Job.Lane.BUILT_IN, script)))
                .orElseGet(() -> stored(tenant, name));
    }

    private Uni<Source> stored(Tenant tenant, String name) {
        return Uni.createFrom()
                .item(() -> UuidV7.parse(name, "Pipeline"))
                .chain(id ->
                        query(tenant, id).map(source -> new Source(id.toString(), Job.Lane.OWN, Script.of(source))));
    }

    private Uni<String> query(Tenant tenant, UUID id) {
        return pool.preparedQuery(FIND).execute(Tuple.of(tenant.id(), id)).map(Sources::first);
    }

    private static String first(RowSet<Row> rows) {
        Iterator<Row> found = rows.iterator();
        if (!found.hasNext()) {
            throw ApiException.notFound("Pipeline");
        }
        return found.next().getString(0);
    }
}
