package io.menso.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MensoTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine menso =
            Menso.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "down",
                "status",
                "logs",
                "demo",
                "token",
                "customer",
                "key",
                "models",
                "bench",
                "insights",
                "test",
                "customer create",
                "key create",
                "key revoke",
                "models list",
                "models pull",
                "models use",
                "models evaluate"
            })
    void everyCommandHasHelp(String command) {
        assertThat(menso.execute((command + " --help").split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: menso " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "key",
                "key frobnicate",
                "up --fast",
                "customer create",
                "models evaluate",
                "models use"
            })
    void wrongUseFailsAndShowsTheUsage(String command) {
        assertThat(menso.execute(command.split(" "))).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("Usage: menso");
    }

    @Test
    void withoutACommandItFailsAndShowsTheUsage() {
        assertThat(menso.execute()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("Usage: menso").contains("up");
    }
}
