package io.menso.local.cli;

import io.menso.local.models.InstalledModel;
import io.menso.local.models.ModelCatalogue;
import io.menso.local.models.ModelInstaller;
import io.menso.local.stack.Home;
import io.menso.local.stack.LauncherException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Model bundles.
@Command(
        name = "models",
        description = "Lists, installs, chooses and measures models.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = EvaluateCommand.class)
final class ModelsCommand implements Runnable {

    private static final String ROW = "%-33s %-9s %-9s %-10s %10s  %-7s %s%n";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(
            name = "list",
            description = "Lists the models, pulled and built-in, and which are in use.",
            mixinStandardHelpOptions = true)
    void list() throws IOException {
        ModelCatalogue catalogue = ModelCatalogue.of(Menso.home());
        PrintWriter out = spec.commandLine().getOut();
        out.printf(ROW, "NAME", "REVISION", "ORIGIN", "TASK", "PARAMETERS", "IN USE", "LICENCE");
        for (InstalledModel model : catalogue.all()) {
            out.printf(
                    ROW,
                    model.name(),
                    model.revision(),
                    model.origin(),
                    model.task(),
                    String.format(Locale.ROOT, "%,d", model.parameters()),
                    catalogue.isInUse(model) ? "in use" : "",
                    model.licence());
        }
        catalogue
                .missing()
                .forEach((task, choice) ->
                        out.printf("nothing is in use for %s: %s was chosen and is not there%n", task, choice));
        out.flush();
    }

    @Command(
            name = "use",
            description = "Makes a model the one in use for its task, also while the suite runs.",
            mixinStandardHelpOptions = true)
    void use(
            @Parameters(paramLabel = "NAME", description = "name of the model, as list shows it") String name,
            @Parameters(
                            paramLabel = "REVISION",
                            description =
                                    "a revision that list shows, or latest for the latest, pulled before built-in")
                    String revision)
            throws IOException {
        Home home = Menso.home();
        home.create();
        ModelCatalogue catalogue = ModelCatalogue.of(home);
        InstalledModel model = catalogue.use(name, revision);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: %s, %s, is in use; a service that runs follows within seconds%n",
                model.task(), model, model.origin());
        catalogue
                .setting(model.task())
                .ifPresent(setting -> out.println("note: " + setting + " is set and outranks this choice"));
        if (model.task().equals("embedding")) {
            out.println("note: faces that were registered with another revision must be registered again");
        }
        out.flush();
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
        try {
            ModelInstaller.pull(
                    home.models(),
                    Optional.ofNullable(from),
                    model -> console == null
                            || !console.isTerminal()
                            || accepted(console.readLine("  accept this licence? [y/N] ")),
                    System.out::println);
        } catch (IOException e) {
            throw new LauncherException(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean accepted(@Nullable String answer) {
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
