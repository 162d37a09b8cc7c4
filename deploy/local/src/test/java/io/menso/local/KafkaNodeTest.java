package io.menso.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaNodeTest {

    @TempDir
    Path directory;

    @Test
    void hasAllTopicsAndStartsAgainOnTheDataItLeft() throws Exception {
        KafkaNode.start(directory, Ports.free(), Ports.free()).close();

        try (KafkaNode node = KafkaNode.start(directory, Ports.free(), Ports.free());
                Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get())
                    .containsAll(Topics.COMPACTED)
                    .containsAll(Topics.EVENTS);
        }
    }
}
