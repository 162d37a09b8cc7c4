package io.menso.device.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AuditConfigTest {

    @Test
    @DisplayName("Audit records are kept for a year unless set otherwise")
    void defaults() {
        AuditConfig config = new SmallRyeConfigBuilder()
                .withMapping(AuditConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .build()
                .getConfigMapping(AuditConfig.class);
        assertThat(config.retention()).isEqualTo(Duration.ofDays(365));
    }
}
