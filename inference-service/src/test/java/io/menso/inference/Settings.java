package io.menso.inference;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/// Settings interfaces as the service sees them, with their defaults or with some values changed.
public final class Settings {

    private Settings() {}

    public static <T> T of(Class<T> type, Map<String, String> changes) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(changes, "test", 100))
                .withMapping(type)
                .build()
                .getConfigMapping(type);
    }

    public static <T> T of(Class<T> type) {
        return of(type, Map.of());
    }
}
