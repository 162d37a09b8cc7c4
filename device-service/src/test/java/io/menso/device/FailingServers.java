package io.menso.device;

import io.menso.local.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Servers that fail: nothing listens where the service looks for Kafka, and the line to the database can be cut.
public class FailingServers extends DeviceServers {

    private @Nullable CutLine line;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("kafka.bootstrap.servers", "127.0.0.1:" + Ports.free());
        settings.computeIfPresent("quarkus.datasource.reactive.url", (_, url) -> through(URI.create(url)));
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                line, new QuarkusTestResourceLifecycleManager.TestInjector.MatchesType(CutLine.class));
    }

    @Override
    public void stop() {
        super.stop();
        try {
            if (line != null) {
                line.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String through(URI database) {
        try {
            line = new CutLine(database.getPort());
            return "postgresql://127.0.0.1:" + line.port() + database.getPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
