package io.menso.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SearchBenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine menso =
            Menso.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @ParameterizedTest
    @ValueSource(strings = {"bench search", "bench search --n 2k --threshold -0.5", "bench search --help"})
    void allOptionsAreTheProgramsWhichHasToBeBuilt(String line) {
        int status = menso.execute(line.split(" "));

        assertThat(status).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).startsWith("menso: the benchmark is not built");
    }

    @Test
    void theHelpOfBenchNamesIt() {
        assertThat(menso.execute("bench", "--help")).isZero();
        assertThat(out.toString()).contains("search").contains("--seconds");
    }
}
