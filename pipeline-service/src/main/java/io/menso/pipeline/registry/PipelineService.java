package io.menso.pipeline.registry;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Paging;
import io.menso.commons.web.Tenant;
import io.menso.commons.web.UuidV7;
import io.menso.pipeline.sandbox.Sandbox;
import io.menso.pipeline.sandbox.Script;
import io.menso.pipeline.sandbox.ScriptFault;
import io.menso.pipeline.sandbox.Threads;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/// Keeps the customers' pipelines.
@ApplicationScoped
public class PipelineService {

    private static final String KIND = "Pipeline";

    private final PipelineRepository pipelines;
    private final BuiltIns builtIns;
    private final Sandbox sandbox;
    private final Clock clock;
    private final UuidV7 ids;

    @Inject
    public PipelineService(PipelineRepository pipelines, BuiltIns builtIns, Sandbox sandbox, Clock clock) {
        this.pipelines = pipelines;
        this.builtIns = builtIns;
        this.sandbox = sandbox;
        this.clock = clock;
        this.ids = new UuidV7(clock);
    }

    /// One page of ids and how many there are.
    public record Listing(List<UUID> ids, long total) {}

    @WithSession
    public Uni<Listing> list(Tenant tenant, Paging paging) {
        return pipelines
                .countAll(tenant)
                .chain(total -> pipelines.idsOfPage(tenant, paging).map(page -> new Listing(page, total)));
    }

    /// The source with its lines of dates; a built-in has none.
    @WithSession
    public Uni<String> source(Tenant tenant, String name) {
        return builtIns.find(name)
                .map(script -> Uni.createFrom().item(script.source()))
                .orElseGet(() -> existing(tenant, name)
                        .map(found -> SourceText.write(found.source, found.createdAt, found.updatedAt)));
    }

    @WithTransaction
    public Uni<PipelineResponse> create(Tenant tenant, String source) {
        return pipelines
                .persist(new Pipeline(ids.next(), tenant.id(), source, now()))
                .map(PipelineResponse::of);
    }

    @WithTransaction
    public Uni<PipelineResponse> replace(Tenant tenant, String name, String source) {
        return existing(tenant, name)
                .invoke(found -> found.change(source, now()))
                .map(PipelineResponse::of);
    }

    @WithTransaction
    public Uni<Void> delete(Tenant tenant, String name) {
        return Uni.createFrom()
                .item(() -> id(name))
                .chain(id -> pipelines.deleteOne(tenant, id))
                .invoke(PipelineService::requireOne)
                .replaceWithVoid();
    }

    /// Fails with 405 for a built-in and with 404 for what the tenant does not have, before anybody judges a body (B1).
    @WithSession
    public Uni<Void> requireChangeable(Tenant tenant, String name) {
        return existing(tenant, name).replaceWithVoid();
    }

    /// Checks a source before it is stored (G2).
    ///
    /// @return the source; 400 `BAD_CONTENT` with line and column when it is no pipeline
    public Uni<String> check(Tenant tenant, String source) {
        return Uni.createFrom()
                .completionStage(() -> sandbox.check(tenant.id(), Script.of(source)))
                .onFailure(ScriptFault.class)
                .transform(fault -> ApiException.badContent(((ScriptFault) fault).reason()))
                .replaceWith(source)
                .emitOn(Threads.here());
    }

    private Uni<Pipeline> existing(Tenant tenant, String name) {
        return Uni.createFrom()
                .item(() -> id(name))
                .chain(id -> pipelines.findOne(tenant, id))
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.notFound(KIND));
    }

    private UUID id(String name) {
        builtIns.refuseChange(name);
        return UuidV7.parse(name, KIND);
    }

    private static void requireOne(Long deleted) {
        if (deleted == 0) {
            throw ApiException.notFound(KIND);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
