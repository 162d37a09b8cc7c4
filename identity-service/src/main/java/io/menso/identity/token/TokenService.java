package io.menso.identity.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.commons.data.IdempotencyKeys.Use;
import io.menso.commons.web.ApiException;
import io.menso.commons.web.Paging;
import io.menso.commons.web.Tenant;
import io.menso.commons.web.UuidV7;
import io.menso.identity.IdPage;
import io.menso.identity.IdempotentCreation;
import io.menso.identity.matching.MatchingClient;
import io.menso.identity.matching.Membership;
import io.menso.identity.user.UserRepository;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Decides about tokens. Each transaction is short and holds no call of another service.
@ApplicationScoped
class TokenService {

    private static final Logger LOG = Logger.getLogger(TokenService.class);
    private static final int DELETE_ATTEMPTS = 5;

    private final UserRepository users;
    private final TokenRepository tokens;
    private final TokenEvents events;
    private final MatchingClient matching;
    private final IdempotentCreation once;
    private final UuidV7 ids;
    private final Clock clock;

    @Inject
    TokenService(
            UserRepository users,
            TokenRepository tokens,
            TokenEvents events,
            MatchingClient matching,
            IdempotentCreation once,
            UuidV7 ids,
            Clock clock) {
        this.users = users;
        this.tokens = tokens;
        this.events = events;
        this.matching = matching;
        this.once = once;
        this.ids = ids;
        this.clock = clock;
    }

    Uni<IdPage> list(Tenant tenant, UUID user, Paging paging) {
        return Panache.withSession(
                () -> users.requireExisting(tenant, user).chain(() -> tokens.page(tenant, user, paging)));
    }

    Uni<TokenResponse> get(Tenant tenant, UUID user, UUID id) {
        return Panache.withSession(() -> tokens.get(tenant, user, id)).map(TokenResponse::of);
    }

    /// @param key the request's `Idempotency-Key`, if any
    Uni<TokenResponse> create(Tenant tenant, UUID user, ObjectNode request, Optional<String> key) {
        TokenContent content = TokenContent.of(request);
        Optional<Use> use = key.map(value -> new Use(tenant, "users/" + user + "/tokens", value, request.toString()));
        return once.run(use, () -> insert(tenant, user, content), Token::id, id -> tokens.find(tenant, user, id))
                .call(this::writeThrough)
                .map(TokenResponse::of);
    }

    Uni<TokenResponse> patch(Tenant tenant, UUID user, UUID id, ObjectNode patch) {
        return Panache.withTransaction(() -> tokens.lock(tenant, user, id).call(token -> change(token, patch)))
                .call(this::writeThrough)
                .map(TokenResponse::of);
    }

    /// The membership goes first: when the matching service cannot forget it, the token stays and the caller hears 503.
    Uni<Void> delete(Tenant tenant, UUID user, UUID id) {
        return delete(tenant, user, id, DELETE_ATTEMPTS);
    }

    /// A change between the two steps would let the membership rise again with a higher version: then both steps again.
    private Uni<Void> delete(Tenant tenant, UUID user, UUID id, int attempts) {
        if (attempts == 0) {
            return Uni.createFrom().failure(ApiException.unavailable("The token is being changed"));
        }
        return Panache.withSession(() -> tokens.get(tenant, user, id).map(Token::version))
                .chain(version -> matching.deleteMembership(id, version + 1)
                        .chain(() -> Panache.withTransaction(() -> remove(tenant, user, id, version)))
                        .onFailure(TokenService::isUncertain)
                        .call(() -> restore(tenant, user, id, version)))
                .chain(removed -> removed ? Uni.createFrom().voidItem() : delete(tenant, user, id, attempts - 1));
    }

    private Uni<Token> insert(Tenant tenant, UUID user, TokenContent content) {
        Token token =
                new Token(tenant, user, ids.next(), content, clock.instant().getEpochSecond());
        return users.requireStaying(tenant, user)
                .chain(() -> tokens.persistAndFlush(token))
                .call(() -> events.changed(token));
    }

    private Uni<Void> change(Token token, ObjectNode patch) {
        TokenContent content = token.content().patched(patch);
        if (content.equals(token.content())) {
            return Uni.createFrom().voidItem();
        }
        token.change(content, clock.instant().getEpochSecond());
        return events.changed(token);
    }

    private Uni<Boolean> remove(Tenant tenant, UUID user, UUID id, long version) {
        return tokens.lock(tenant, user, id)
                .chain(token -> token.version() == version
                        ? events.deleted(token)
                                .chain(() -> tokens.delete(token))
                                .replaceWith(true)
                        : Uni.createFrom().item(false));
    }

    private static boolean isUncertain(Throwable failure) {
        return !(failure instanceof ApiException refusal) || refusal.status() >= 500;
    }

    /// A deletion that failed may have reached the matching service, or may still do so: the token goes on with a
    /// version that outranks it, and an event says so.
    private Uni<Void> restore(Tenant tenant, UUID user, UUID id, long deleted) {
        return Panache.withTransaction(() -> tokens.lock(tenant, user, id).call(token -> outrank(token, deleted)))
                .replaceWithVoid()
                .onFailure()
                .invoke(e -> LOG.warnf("deletion stays undecided until it is repeated: token=%s reason=%s", id, e))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> outrank(Token token, long deleted) {
        if (token.version() != deleted) {
            return Uni.createFrom().voidItem();
        }
        token.outrankDeletion();
        return events.changed(token);
    }

    /// Best effort: the change is committed, and the event brings it to the matching service if this does not.
    private Uni<Void> writeThrough(Token token) {
        TokenContent content = token.content();
        Membership membership = new Membership(
                token.userId(), content.gallery(), content.validFrom(), content.validThrough(), token.version());
        return matching.putMembership(token.id(), membership)
                .onFailure()
                .invoke(e -> LOG.warnf("membership follows by event: token=%s", token.id()))
                .onFailure()
                .recoverWithNull();
    }
}
