package io.menso.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class InsightsCommandTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_000_000), ZoneOffset.UTC);

    private static String query(String... arguments) {
        InsightsCommand command = new InsightsCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.query(CLOCK);
    }

    @Test
    void optionsBecomeTheQueryOfARequest() {
        assertThat(query()).isEmpty();
        assertThat(query(
                        "--from",
                        "24h",
                        "--through",
                        "999999",
                        "--gallery",
                        "a & b/é",
                        "--device",
                        "d",
                        "--pipeline",
                        "identify",
                        "--revision",
                        "1a2b3c4",
                        "--group-by",
                        "gallery,hour",
                        "--limit",
                        "5"))
                .isEqualTo("?from=913600&through=999999&gallery=a+%26+b%2F%C3%A9&device=d&pipeline=identify"
                        + "&revision=1a2b3c4&group_by=gallery&group_by=hour&limit=5");
    }
}
