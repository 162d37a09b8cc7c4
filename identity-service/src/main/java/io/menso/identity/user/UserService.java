package io.menso.identity.user;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.commons.data.IdempotencyKeys.Use;
import io.menso.commons.web.Paging;
import io.menso.commons.web.Tenant;
import io.menso.commons.web.UuidV7;
import io.menso.identity.IdPage;
import io.menso.identity.IdempotentCreation;
import io.menso.identity.IdentityEvents;
import io.menso.identity.matching.MatchingClient;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// Decides about users. Each transaction is short and holds no call of another service.
@ApplicationScoped
class UserService {

    private static final String TOPIC = "identity.user.v1";
    private static final String SCOPE = "users";

    private final UserRepository users;
    private final UserOwned owned;
    private final MatchingClient matching;
    private final IdempotentCreation once;
    private final IdentityEvents events;
    private final UuidV7 ids;
    private final Clock clock;

    @Inject
    UserService(
            UserRepository users,
            UserOwned owned,
            MatchingClient matching,
            IdempotentCreation once,
            IdentityEvents events,
            UuidV7 ids,
            Clock clock) {
        this.users = users;
        this.owned = owned;
        this.matching = matching;
        this.once = once;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    Uni<IdPage> list(Tenant tenant, Paging paging) {
        return Panache.withSession(() -> users.page(tenant, paging));
    }

    Uni<UserResponse> get(Tenant tenant, UUID id) {
        return Panache.withSession(() -> users.get(tenant, id)).map(UserResponse::of);
    }

    /// @param key the request's `Idempotency-Key`, if any
    Uni<UserResponse> create(Tenant tenant, ObjectNode request, Optional<String> key) {
        UserContent content = UserContent.of(request);
        Optional<Use> use = key.map(value -> new Use(tenant, SCOPE, value, request.toString()));
        return once.run(use, () -> insert(tenant, content), User::id, id -> users.find(tenant, id))
                .map(UserResponse::of);
    }

    Uni<UserResponse> patch(Tenant tenant, UUID id, ObjectNode patch) {
        return Panache.withTransaction(() -> users.lock(tenant, id).call(user -> change(user, patch)))
                .map(UserResponse::of);
    }

    /// The face goes first: when the matching service cannot erase it, the user stays and the caller hears 503.
    /// So no search that begins after the answer finds the user (D6).
    Uni<Void> delete(Tenant tenant, UUID id) {
        return Panache.withSession(() -> users.requireExisting(tenant, id))
                .chain(() -> matching.deleteFace(id))
                .chain(() -> Panache.withTransaction(() -> users.lock(tenant, id)
                        .call(() -> owned.deleteAllOf(tenant, id))
                        .chain(this::remove)));
    }

    private Uni<User> insert(Tenant tenant, UserContent content) {
        User user = new User(tenant, ids.next(), content, clock.instant().getEpochSecond());
        return users.persistAndFlush(user).call(() -> publish("user.created", user, user.version()));
    }

    private Uni<Void> change(User user, ObjectNode patch) {
        UserContent content = user.content().patched(patch);
        if (content.equals(user.content())) {
            return Uni.createFrom().voidItem();
        }
        user.change(content, clock.instant().getEpochSecond());
        return publish("user.changed", user, user.version());
    }

    private Uni<Void> remove(User user) {
        return users.delete(user).chain(() -> publish("user.deleted", user, user.version() + 1));
    }

    private Uni<Void> publish(String type, User user, long version) {
        ObjectNode data =
                JsonNodeFactory.instance.objectNode().put("user", user.id().toString());
        return events.append(TOPIC, type, user.key(), version, data);
    }
}
