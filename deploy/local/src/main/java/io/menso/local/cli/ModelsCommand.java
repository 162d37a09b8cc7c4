package io.menso.local.cli;

import io.menso.local.models.ModelInstaller;
import io.menso.local.stack.Home;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Model bundles.
@Command(
        name = "models",
        description = "Lists and installs models.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ModelsCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(name = "list", description = "Lists what is installed.", mixinStandardHelpOptions = true)
    void list() throws IOException {
        ModelInstaller.list(Menso.home().models()).forEach(System.out::println);
    }

    @Command(
            name = "pull",
            description = "Installs third-party weights, checked by their digests, whose licences you accept.",
            mixinStandardHelpOptions = true)
    void pull(
            @Option(names = "--from", paramLabel = "DIR", description = "take them from a folder, not the network")
                    @Nullable
                    Path from,
            @Option(names = "--yes", description = "accept all licences; so does a call without a terminal")
                    boolean yes)
            throws IOException {
        Home home = Menso.home();
        home.create();
        Console console = yes ? null : System.console();
        ModelInstaller.pull(
                home.models(),
                Optional.ofNullable(from),
                model -> console == null
                        || !console.isTerminal()
                        || accepted(console.readLine("  accept this licence? [y/N] ")),
                System.out::println);
    }

    private static boolean accepted(@Nullable String answer) {
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
