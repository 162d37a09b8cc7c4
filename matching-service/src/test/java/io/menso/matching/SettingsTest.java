package io.menso.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.matching.enrolment.EnrolmentConfig;
import io.menso.matching.index.IndexConfig;
import io.menso.matching.index.IndexConfig.Engine;
import io.menso.matching.index.pinot.PinotConfig;
import io.menso.matching.membership.GalleryCheckConfig;
import io.menso.matching.membership.TokenConfig;
import io.menso.matching.remote.InferenceConfig;
import io.menso.matching.runtime.CpuConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private final SmallRyeConfig settings = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(CpuConfig.class)
            .withMapping(IndexConfig.class)
            .withMapping(TokenConfig.class)
            .withMapping(GalleryCheckConfig.class)
            .withMapping(EnrolmentConfig.class)
            .withMapping(InferenceConfig.class)
            .withMapping(PinotConfig.class)
            .withDefaultValue("menso.inference.url", "http://inference")
            .build();

    @Test
    @DisplayName("All defaults are as documented")
    void defaults() {
        assertThat(settings.getConfigMapping(CpuConfig.class).threads()).isZero();
        assertThat(settings.getConfigMapping(CpuConfig.class).queue()).isEqualTo(1024);
        assertThat(settings.getConfigMapping(CpuConfig.class).tenantQueue()).isEqualTo(64);
        assertThat(settings.getConfigMapping(IndexConfig.class).loadPage()).isEqualTo(2000);
        assertThat(settings.getConfigMapping(IndexConfig.class).engine()).isEqualTo(Engine.LOCAL);
        assertThat(settings.getConfigMapping(IndexConfig.class).directory()).isEmpty();
        assertThat(settings.getConfigMapping(TokenConfig.class).group()).isEqualTo("menso-matching");
        assertThat(settings.getConfigMapping(TokenConfig.class).patience()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.getConfigMapping(GalleryCheckConfig.class).enabled())
                .isTrue();
        EnrolmentConfig enrolment = settings.getConfigMapping(EnrolmentConfig.class);
        assertThat(enrolment.maxImage().asLongValue()).isEqualTo(10_485_760);
        assertThat(enrolment.maxBody().asLongValue()).isEqualTo(128L << 20);
        assertThat(enrolment.concurrent()).isEqualTo(64);
        InferenceConfig inference = settings.getConfigMapping(InferenceConfig.class);
        assertThat(inference.idleTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(inference.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    @DisplayName("All defaults of Pinot are as documented")
    void defaultsOfPinot() {
        PinotConfig pinot = settings.getConfigMapping(PinotConfig.class);
        assertThat(pinot.brokers()).containsExactly(URI.create("http://localhost:8099"));
        assertThat(pinot.keyFile()).isEmpty();
        assertThat(pinot.table()).isEqualTo("templates");
        assertThat(pinot.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(pinot.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(pinot.recentWrites()).isEqualTo(50_000);
        assertThat(pinot.linger()).isEqualTo(Duration.ofSeconds(30));
        assertThat(pinot.interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(pinot.namedUsers()).isEqualTo(50_000);
        assertThat(pinot.backfillPage()).isEqualTo(500);
        assertThat(pinot.backfillQueue()).isEqualTo(2000);
    }
}
