package io.menso.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {

    @Test
    @DisplayName("only the signing key must be set, all else has the documented default")
    void defaultsAreAsDocumented() {
        SmallRyeConfig source = new SmallRyeConfigBuilder()
                .withConverter(io.quarkus.runtime.configuration.MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
                .withMapping(GatewayConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of("menso.gateway.signing-key-file", "/run/key.jwk"), "test", 100))
                .build();

        GatewayConfig config = source.getConfigMapping(GatewayConfig.class);

        assertThat(config.signingKeyFile()).isEqualTo(Path.of("/run/key.jwk"));
        assertThat(config.trustedProxies()).isEmpty();
        assertThat(config.keys().maxSilence()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.keys().unknownFor()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.keys().maxEntries()).isEqualTo(50_000);
        assertThat(config.keys().maxLookups()).isEqualTo(32);
        assertThat(config.keys().maxKnownLookups()).isEqualTo(256);
        assertThat(config.keys().lookupTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.rate().perSecond()).isEqualTo(200);
        assertThat(config.rate().burst()).isEqualTo(400);
        assertThat(config.body().total().asLongValue()).isEqualTo(128L << 20);
        assertThat(config.body().json().asLongValue()).isEqualTo(256L << 10);
        assertThat(config.body().source().asLongValue()).isEqualTo(128L << 10);
        assertThat(config.upstream().connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.upstream().responseTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.upstream().connections()).isEqualTo(256);
        assertThat(config.upstream().waiting()).isEqualTo(1000);
        assertThat(config.cors().origins()).isEmpty();
    }
}
