package io.menso.matching.face;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Faces by user.
@ApplicationScoped
class FaceRepository implements PanacheRepositoryBase<Face, UserKey> {

    private static final String NEXT_VERSION = "select nextval('face_version')";

    /// Versions that only grow. Taken while the user is locked, they are in the order of that user's commits.
    Uni<Long> nextVersion() {
        return getSession()
                .chain(session ->
                        session.createNativeQuery(NEXT_VERSION, Long.class).getSingleResult());
    }

    /// Deletes the face and, with it, its templates.
    Uni<Boolean> remove(UserKey key) {
        return delete("tenant = ?1 and userId = ?2", key.tenant(), key.userId()).map(count -> count > 0);
    }
}
