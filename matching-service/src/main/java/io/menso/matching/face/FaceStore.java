package io.menso.matching.face;

import io.menso.commons.data.Outbox;
import io.menso.commons.web.ApiException;
import io.menso.commons.web.Tenant;
import io.menso.matching.face.TemplateEvents.Keyed;
import io.menso.matching.membership.MembershipRepository;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The transactions on faces. Each locks its user first, so that a deleted user cannot get a face again.
@ApplicationScoped
class FaceStore {

    private final FaceRepository faces;
    private final TemplateRepository templates;
    private final ErasedUsers erased;
    private final MembershipRepository memberships;
    private final Outbox outbox;
    private final TemplateEvents events;
    private final Clock clock;

    @Inject
    FaceStore(
            FaceRepository faces,
            TemplateRepository templates,
            ErasedUsers erased,
            MembershipRepository memberships,
            Outbox outbox,
            TemplateEvents events,
            Clock clock) {
        this.faces = faces;
        this.templates = templates;
        this.erased = erased;
        this.memberships = memberships;
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
    }

    @WithSession
    Uni<Optional<FaceTimes>> find(Tenant tenant, UUID user) {
        return faces.findById(UserKey.of(tenant, user))
                .map(face -> Optional.ofNullable(face).map(Face::times));
    }

    /// Makes this the user's face.
    ///
    /// @param template the embedding, sealed for the database
    /// @throws ApiException 404 when the user was deleted
    @WithTransaction
    Uni<FaceTimes> put(Tenant tenant, UUID user, Embedding embedding, SealedTemplate template) {
        UserKey key = UserKey.of(tenant, user);
        return erased.lockAndCheck(tenant, user)
                .invoke(FaceStore::refuseErased)
                .chain(faces::nextVersion)
                .chain(version -> save(key, version))
                .call(face -> replace(key, template)
                        .map(former -> events.changed(tenant, user, face.version, embedding, former))
                        .chain(this::publish))
                .map(Face::times);
    }

    /// @return whether there was a face
    @WithTransaction
    Uni<Boolean> delete(Tenant tenant, UUID user) {
        return erased.lockAndCheck(tenant, user).chain(() -> remove(tenant, user));
    }

    /// Removes all that is known of a user and keeps it from coming back.
    @WithTransaction
    Uni<Void> erase(Tenant tenant, UUID user) {
        UserKey key = UserKey.of(tenant, user);
        return erased.lockAndCheck(tenant, user)
                .chain(before -> before
                        ? Uni.createFrom().voidItem()
                        : erased.bury(key, clock.instant().getEpochSecond()))
                .chain(() -> memberships.removeOf(tenant, user))
                .chain(() -> remove(tenant, user))
                .replaceWithVoid();
    }

    private static void refuseErased(boolean isErased) {
        if (isErased) {
            throw ApiException.notFound("User");
        }
    }

    private Uni<Face> save(UserKey key, long version) {
        long now = clock.instant().getEpochSecond();
        return faces.findById(key)
                .onItem()
                .ifNull()
                .continueWith(() -> new Face(key, now))
                .invoke(face -> {
                    face.updated = Math.max(face.updated, now);
                    face.version = version;
                })
                .call(face -> faces.persist(face));
    }

    /// @return revisions of the templates that gave way
    private Uni<List<String>> replace(UserKey key, SealedTemplate template) {
        return templates.revisions(key).call(() -> templates.replaceAll(key, template));
    }

    private Uni<Boolean> remove(Tenant tenant, UUID user) {
        UserKey key = UserKey.of(tenant, user);
        return templates
                .revisions(key)
                .chain(former -> faces.remove(key)
                        .call(removed -> removed
                                ? publishRemoval(tenant, user, former)
                                : Uni.createFrom().voidItem()));
    }

    private Uni<Void> publishRemoval(Tenant tenant, UUID user, List<String> former) {
        return faces.nextVersion()
                .map(version -> events.deleted(tenant, user, version, former))
                .chain(this::publish);
    }

    private Uni<Void> publish(List<Keyed> all) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(one -> outbox.append(TemplateEvents.TOPIC, one.key(), one.event()))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
