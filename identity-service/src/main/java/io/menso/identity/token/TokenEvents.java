package io.menso.identity.token;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.identity.IdentityEvents;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Events about tokens, on `identity.token.v1`.
@ApplicationScoped
class TokenEvents {

    private static final String TOPIC = "identity.token.v1";

    private final IdentityEvents events;

    @Inject
    TokenEvents(IdentityEvents events) {
        this.events = events;
    }

    Uni<Void> changed(Token token) {
        return events.append(TOPIC, "token.changed", token.key(), token.version(), data(token));
    }

    Uni<Void> deleted(Token token) {
        return events.append(TOPIC, "token.deleted", token.key(), token.version() + 1, data(token));
    }

    private static ObjectNode data(Token token) {
        TokenContent content = token.content();
        return JsonNodeFactory.instance
                .objectNode()
                .put("token", token.id().toString())
                .put("user", token.userId().toString())
                .put("gallery", content.gallery())
                .put("valid_from", content.validFrom())
                .put("valid_through", content.validThrough());
    }
}
