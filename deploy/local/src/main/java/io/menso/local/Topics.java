package io.menso.local;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/// The suite's Kafka topics. A consumer of a missing topic would wait seconds for it, so they are made beforehand.
public final class Topics {

    /// Topics that keep the last event of each key.
    public static final List<String> COMPACTED =
            List.of("identity.user.v1", "identity.token.v1", "device.key.v1", "matching.template.v1");

    /// Topics that keep events for a time.
    public static final List<String> EVENTS = List.of("recognition.event.v1");

    private Topics() {}

    /// Creates what is missing, each with one partition and one replica.
    public static void create(String bootstrapServers) throws InterruptedException {
        Properties settings = new Properties();
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Admin admin = Admin.create(settings)) {
            COMPACTED.forEach(name -> create(admin, name, Map.of("cleanup.policy", "compact")));
            EVENTS.forEach(name -> create(admin, name, Map.of("cleanup.policy", "delete")));
        }
    }

    private static void create(Admin admin, String name, Map<String, String> settings) {
        try {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(settings)))
                    .all()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("topic cannot be created: " + name, e);
            }
        }
    }
}
