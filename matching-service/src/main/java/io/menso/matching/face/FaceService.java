package io.menso.matching.face;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Tenant;
import io.menso.matching.index.IndexKeeper;
import io.menso.matching.tenantkey.TenantKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/// Faces of users. An answer is given when both database and index say the same.
@ApplicationScoped
public class FaceService {

    private final FaceStore store;
    private final TenantKeys keys;
    private final IndexKeeper index;

    @Inject
    public FaceService(FaceStore store, TenantKeys keys, IndexKeeper index) {
        this.store = store;
        this.keys = keys;
        this.index = index;
    }

    /// @throws ApiException 404 when the user has no face
    public Uni<FaceTimes> get(Tenant tenant, UUID user) {
        return store.find(tenant, user).map(found -> found.orElseThrow(() -> ApiException.notFound("Face")));
    }

    /// Makes this the user's only face.
    ///
    /// @throws ApiException 404 when the user was deleted, also while this runs
    public Uni<FaceTimes> put(Tenant tenant, UUID user, Embedding embedding) {
        return keys.of(tenant)
                .map(cipher -> cipher.seal(user, embedding.revision(), embedding.vector()))
                .map(bytes -> new SealedTemplate(embedding.revision(), embedding.vector().length, bytes))
                .chain(template -> store.put(tenant, user, embedding, template))
                .call(() -> index.refresh(tenant, user));
    }

    /// @throws ApiException 404 when the user has no face
    public Uni<Void> delete(Tenant tenant, UUID user) {
        return store.delete(tenant, user)
                .call(() -> index.refresh(tenant, user))
                .invoke(FaceService::requireFace)
                .replaceWithVoid();
    }

    /// Removes the face and memberships of a user that is being deleted; harmless to repeat.
    public Uni<Void> erase(Tenant tenant, UUID user) {
        return store.erase(tenant, user).chain(() -> index.refresh(tenant, user));
    }

    private static void requireFace(boolean removed) {
        if (!removed) {
            throw ApiException.notFound("Face");
        }
    }
}
