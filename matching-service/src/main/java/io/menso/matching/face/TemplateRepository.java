package io.menso.matching.face;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Templates by user and revision.
@ApplicationScoped
class TemplateRepository implements PanacheRepositoryBase<Template, TemplateKey> {

    /// Puts a template in the place of all that the user has.
    Uni<Void> replaceAll(UserKey key, SealedTemplate template) {
        return delete("tenant = ?1 and userId = ?2", key.tenant(), key.userId())
                .chain(() -> persistAndFlush(new Template(key, template)))
                .replaceWithVoid();
    }
}
