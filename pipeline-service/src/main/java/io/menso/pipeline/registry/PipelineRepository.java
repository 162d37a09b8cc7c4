package io.menso.pipeline.registry;

import io.menso.commons.web.Paging;
import io.menso.commons.web.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/// Pipelines in the database, always of one tenant.
@ApplicationScoped
public class PipelineRepository implements PanacheRepositoryBase<Pipeline, UUID> {

    private static final String IDS = "select p.id from Pipeline p where p.tenant = ?1 order by p.id";

    Uni<Pipeline> findOne(Tenant tenant, UUID id) {
        return find("tenant = ?1 and id = ?2", tenant.id(), id).firstResult();
    }

    Uni<Long> countAll(Tenant tenant) {
        return count("tenant", tenant.id());
    }

    /// Ids of one page, oldest first.
    Uni<List<UUID>> idsOfPage(Tenant tenant, Paging paging) {
        if (paging.offset() > Integer.MAX_VALUE) {
            return Uni.createFrom().item(List.of());
        }
        return getSession().chain(session -> page(session, tenant, paging));
    }

    private static Uni<List<UUID>> page(Mutiny.Session session, Tenant tenant, Paging paging) {
        return session.createSelectionQuery(IDS, UUID.class)
                .setParameter(1, tenant.id())
                .setFirstResult((int) paging.offset())
                .setMaxResults(paging.perPage())
                .getResultList();
    }

    Uni<Long> deleteOne(Tenant tenant, UUID id) {
        return delete("tenant = ?1 and id = ?2", tenant.id(), id);
    }
}
