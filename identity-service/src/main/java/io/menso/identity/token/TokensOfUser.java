package io.menso.identity.token;

import io.menso.commons.web.Tenant;
import io.menso.identity.user.UserOwned;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/// Deletes the tokens of a user who is deleted, with an event for each.
@ApplicationScoped
class TokensOfUser implements UserOwned {

    private final TokenRepository tokens;
    private final TokenEvents events;

    @Inject
    TokensOfUser(TokenRepository tokens, TokenEvents events) {
        this.tokens = tokens;
        this.events = events;
    }

    @Override
    public Uni<Void> deleteAllOf(Tenant tenant, UUID user) {
        return tokens.lockAll(tenant, user)
                .call(this::publish)
                .chain(() -> tokens.deleteAll(tenant, user))
                .replaceWithVoid();
    }

    private Uni<Void> publish(List<Token> deleted) {
        return Multi.createFrom()
                .iterable(deleted)
                .onItem()
                .transformToUniAndConcatenate(events::deleted)
                .onItem()
                .ignoreAsUni();
    }
}
