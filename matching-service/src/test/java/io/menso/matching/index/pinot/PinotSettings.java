package io.menso.matching.index.pinot;

import io.menso.matching.index.IndexConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Settings of a service that uses a Pinot.
final class PinotSettings {

    private final Map<String, String> values = new HashMap<>();

    PinotSettings(URI broker, Path keyFile) {
        set("menso.matching.index", "pinot");
        set("menso.matching.pinot.brokers", broker.toString());
        set("menso.matching.pinot.key-file", keyFile.toString());
    }

    PinotSettings set(String name, String value) {
        values.put(name, value);
        return this;
    }

    PinotConfig pinot() {
        return config().getConfigMapping(PinotConfig.class);
    }

    PinotSeals seals() {
        return new PinotSeals(config().getConfigMapping(IndexConfig.class), pinot());
    }

    private SmallRyeConfig config() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(PinotConfig.class)
                .withMapping(IndexConfig.class)
                .withDefaultValues(values)
                .build();
    }
}
