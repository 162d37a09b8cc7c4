package io.menso.matching.face;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// Templates by user and revision.
@ApplicationScoped
class TemplateRepository implements PanacheRepositoryBase<Template, TemplateKey> {

    private static final String REVISIONS = "select revision from Template where tenant = ?1 and userId = ?2";

    /// Revisions under which the user has a template. No entity is loaded: what is deleted by a statement
    /// afterwards would stay in the session.
    Uni<List<String>> revisions(UserKey key) {
        return getSession()
                .chain(session -> session.createQuery(REVISIONS, String.class)
                        .setParameter(1, key.tenant())
                        .setParameter(2, key.userId())
                        .getResultList());
    }

    /// Puts a template in the place of all that the user has.
    Uni<Void> replaceAll(UserKey key, SealedTemplate template) {
        return delete("tenant = ?1 and userId = ?2", key.tenant(), key.userId())
                .chain(() -> persistAndFlush(new Template(key, template)))
                .replaceWithVoid();
    }
}
