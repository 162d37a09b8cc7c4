package io.menso.device.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeyConfigTest {

    @Test
    @DisplayName("D12: A device has ten keys unless set otherwise")
    void defaults() {
        KeyConfig config =
                new SmallRyeConfigBuilder().withMapping(KeyConfig.class).build().getConfigMapping(KeyConfig.class);
        assertThat(config.maxPerDevice()).isEqualTo(10);
    }
}
