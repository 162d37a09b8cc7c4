package io.menso.matching.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.EventEnvelope;
import io.menso.commons.web.Tenant;
import io.menso.matching.face.TemplateEvents;
import io.menso.matching.runtime.TopicFollower;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Learns what other replicas stored: every replica sees every event and reads the user's templates again.
@ApplicationScoped
public class TemplateFollower {

    private static final Logger LOG = Logger.getLogger(TemplateFollower.class);
    private static final String TOPIC = "matching.template.v1";

    private final IndexKeeper keeper;
    private final TopicFollower follower;

    @Inject
    public TemplateFollower(
            IndexKeeper keeper,
            ObjectMapper json,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.keeper = keeper;
        this.follower = new TopicFollower(TOPIC, bootstrapServers, null, json, this::handle);
    }

    void start(@Observes StartupEvent event) {
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) {
        follower.close();
    }

    private void handle(EventEnvelope event) throws Exception {
        if (TemplateEvents.REPEATED.equals(event.type())) {
            return;
        }
        Tenant tenant;
        UUID user;
        try {
            tenant = event.tenant();
            user = UUID.fromString(event.data().path("user").asText());
        } catch (RuntimeException e) {
            LOG.errorf("event skipped: topic=%s id=%s reason=incomplete", TOPIC, event.id());
            return;
        }
        try {
            VertxContextSupport.subscribeAndAwait(() -> keeper.refreshIfOlder(tenant, user, event.version()));
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
