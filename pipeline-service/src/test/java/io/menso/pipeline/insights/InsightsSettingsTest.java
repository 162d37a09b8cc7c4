package io.menso.pipeline.insights;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InsightsSettingsTest {

    private static SmallRyeConfig settings(String broker) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(PinotConfig.class)
                .withMapping(InsightsConfig.class)
                .withDefaultValue("menso.pipeline.pinot.broker", broker)
                .build();
    }

    @Test
    @DisplayName("All defaults are as documented; without a broker there is none")
    void defaults() {
        PinotConfig pinot = settings("").getConfigMapping(PinotConfig.class);
        InsightsConfig insights = settings("").getConfigMapping(InsightsConfig.class);

        assertThat(pinot.broker()).isEmpty();
        assertThat(pinot.timeoutMillis()).isEqualTo(5000);
        assertThat(pinot.connectMillis()).isEqualTo(1000);
        assertThat(pinot.queries()).isEqualTo(16);
        assertThat(insights.days()).isEqualTo(92);
        assertThat(insights.groups()).isEqualTo(1000);
    }

    @Test
    @DisplayName("Several brokers are separated by commas")
    void brokers() {
        assertThat(settings("a:8099,b:8099").getConfigMapping(PinotConfig.class).broker())
                .contains(List.of("a:8099", "b:8099"));
    }
}
