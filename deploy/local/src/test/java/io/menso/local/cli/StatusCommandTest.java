package io.menso.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.local.stack.Suite.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusCommandTest {

    @Test
    void tableTellsDownFromUnhealthy() {
        String table = StatusCommand.table(List.of(
                new State("gateway", 12L, 8080, true),
                new State("kafka", 13L, 9092, false),
                new State("x", null, 1, false)));

        assertThat(table.lines().toList())
                .containsExactly(
                        "NAME                    PID   PORT  STATE",
                        "gateway                  12   8080  healthy",
                        "kafka                    13   9092  not healthy",
                        "x                         -      1  down");
    }
}
