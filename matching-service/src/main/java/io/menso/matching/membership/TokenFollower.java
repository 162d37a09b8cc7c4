package io.menso.matching.membership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.EventEnvelope;
import io.menso.commons.web.Tenant;
import io.menso.matching.runtime.TopicFollower;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Learns tokens from `identity.token.v1`.
@ApplicationScoped
public class TokenFollower {

    private static final Logger LOG = Logger.getLogger(TokenFollower.class);
    private static final String TOPIC = "identity.token.v1";

    private final MembershipService memberships;
    private final TopicFollower follower;
    private final long deadline;

    @Inject
    public TokenFollower(
            MembershipService memberships,
            ObjectMapper json,
            TokenConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.memberships = memberships;
        this.follower = new TopicFollower(TOPIC, bootstrapServers, config.group(), json, this::handle);
        this.deadline = System.nanoTime() + config.patience().toNanos();
    }

    void start(@Observes StartupEvent event) {
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) {
        follower.close();
    }

    /// Whether the events from before the start are handled, or have kept us waiting long enough.
    boolean isReady() {
        return follower.isCaughtUp() || System.nanoTime() - deadline > 0;
    }

    private void handle(EventEnvelope event) throws Exception {
        Supplier<Uni<Void>> change;
        try {
            change = read(event);
        } catch (RuntimeException e) {
            LOG.errorf("event skipped: topic=%s id=%s reason=incomplete", TOPIC, event.id());
            return;
        }
        try {
            VertxContextSupport.subscribeAndAwait(change);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private Supplier<Uni<Void>> read(EventEnvelope event) {
        JsonNode data = event.data();
        Tenant tenant = event.tenant();
        UUID token = UUID.fromString(data.path("token").asText());
        return switch (event.type()) {
            case "token.deleted" -> () -> memberships.delete(tenant, token, event.version());
            case "token.changed" -> {
                UUID user = UUID.fromString(data.path("user").asText());
                Period period =
                        new Period(text(data, "gallery"), number(data, "valid_from"), number(data, "valid_through"));
                yield () -> memberships.put(tenant, token, user, period, event.version());
            }
            default -> throw new IllegalArgumentException("type " + event.type());
        };
    }

    private static String text(JsonNode data, String name) {
        if (!data.path(name).isTextual()) {
            throw new IllegalArgumentException(name);
        }
        return data.path(name).textValue();
    }

    private static long number(JsonNode data, String name) {
        if (!data.path(name).canConvertToLong()) {
            throw new IllegalArgumentException(name);
        }
        return data.path(name).longValue();
    }
}
