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
    private final CommandLine menso = Menso.commandLine().setOut(new PrintWriter(out));

    @ParameterizedTest
    @ValueSource(strings = {"", " --n 2k --threshold -0.5", " --help"})
    void allOptionsAreTheProgramsOwn(String options) {
        CommandLine.ParseResult search = menso.parseArgs(("bench search" + options).split(" "))
                .subcommand()
                .subcommand();

        SearchBenchCommand command = (SearchBenchCommand) search.commandSpec().userObject();
        assertThat(String.join(" ", command.arguments())).isEqualTo(options.strip());
    }

    @Test
    void theHelpOfBenchNamesIt() {
        assertThat(menso.execute("bench", "--help")).isZero();
        assertThat(out.toString()).contains("search").contains("--seconds");
    }
}
