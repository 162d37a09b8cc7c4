package io.menso.local.insights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.local.stack.LauncherException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_000_000), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1732276800, 1732276800",
        "90m, 994600",
        "24h, 913600",
        "7d, 395200",
        "2024-11-22T12:00:00Z, 1732276800",
        "2024-11-22T13:00+01:00, 1732276800"
    })
    void readsSecondsAgesAndIso(String text, long seconds) {
        assertThat(Moment.parse(text, CLOCK)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "yesterday", "3w", "2024-11-22", "1.5h"})
    void saysWhatATimeLooksLike(String text) {
        assertThatThrownBy(() -> Moment.parse(text, CLOCK))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("24h");
    }
}
