package io.menso.matching.face;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.commons.data.Outbox;
import io.menso.commons.web.ApiException;
import io.menso.commons.web.EventEnvelope;
import io.menso.commons.web.Tenant;
import io.menso.commons.web.UuidV7;
import io.menso.matching.membership.MembershipRepository;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// The transactions on faces. Each locks its user first, so that a deleted user cannot get a face again.
@ApplicationScoped
class FaceStore {

    private static final String TOPIC = "matching.template.v1";

    private final FaceRepository faces;
    private final TemplateRepository templates;
    private final ErasedUsers erased;
    private final MembershipRepository memberships;
    private final Outbox outbox;
    private final ObjectMapper json;
    private final Clock clock;
    private final UuidV7 ids;

    @Inject
    FaceStore(
            FaceRepository faces,
            TemplateRepository templates,
            ErasedUsers erased,
            MembershipRepository memberships,
            Outbox outbox,
            ObjectMapper json,
            Clock clock) {
        this.faces = faces;
        this.templates = templates;
        this.erased = erased;
        this.memberships = memberships;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
        this.ids = new UuidV7(clock);
    }

    @WithSession
    Uni<Optional<FaceTimes>> find(Tenant tenant, UUID user) {
        return faces.findById(UserKey.of(tenant, user))
                .map(face -> Optional.ofNullable(face).map(Face::times));
    }

    /// Makes this the user's face.
    ///
    /// @throws ApiException 404 when the user was deleted
    @WithTransaction
    Uni<FaceTimes> put(Tenant tenant, UUID user, SealedTemplate template) {
        UserKey key = UserKey.of(tenant, user);
        return erased.lockAndCheck(tenant, user)
                .invoke(FaceStore::refuseErased)
                .chain(faces::nextVersion)
                .chain(version -> save(key, version))
                .call(() -> templates.replaceAll(key, template))
                .call(face -> publish(tenant, face.version, "template.changed", data(user, template)))
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

    private Uni<Boolean> remove(Tenant tenant, UUID user) {
        return faces.remove(UserKey.of(tenant, user))
                .call(removed -> removed
                        ? publishRemoval(tenant, user)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> publishRemoval(Tenant tenant, UUID user) {
        return faces.nextVersion().chain(version -> publish(tenant, version, "template.deleted", data(user)));
    }

    private ObjectNode data(UUID user) {
        return json.createObjectNode().put("user", user.toString());
    }

    private ObjectNode data(UUID user, SealedTemplate template) {
        return data(user).put("revision", template.revision()).put("dimension", template.dimension());
    }

    private Uni<Void> publish(Tenant tenant, long version, String type, ObjectNode data) {
        String environment = tenant.environment().label();
        EventEnvelope event =
                new EventEnvelope(ids.next(), type, clock.millis(), tenant.customer(), environment, version, data);
        return outbox.append(TOPIC, tenant.id() + "/" + data.get("user").asText(), event);
    }
}
