package io.menso.local.cli;

import io.menso.local.stack.Home;
import io.menso.local.stack.LauncherException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line `menso`.
@Command(
        name = "menso",
        description = "Runs Menso, a self-hosted facial-recognition platform, on this machine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Environment:",
            "  MENSO_PORT   port of the API (default 8080)",
            "  MENSO_HOME   folder of the data (default .menso in the checkout)",
            "  MENSO_AOT    false: start without ahead-of-time caches",
            "  MENSO_INSIGHTS_DAYS  how long up --pinot keeps recognitions (default 90)"
        },
        subcommands = {
            CommandLine.HelpCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            DemoCommand.class,
            TokenCommand.class,
            CustomerCommand.class,
            KeyCommand.class,
            ModelsCommand.class,
            BenchCommand.class,
            InsightsCommand.class,
            TestCommand.class
        })
public final class Menso implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine menso = new CommandLine(new Menso());
        menso.setParameterExceptionHandler((exception, arguments) -> {
            CommandLine command = exception.getCommandLine();
            command.getErr().println("menso: " + exception.getMessage());
            command.usage(command.getErr());
            return CommandLine.ExitCode.USAGE;
        });
        return menso.setExecutionExceptionHandler((exception, command, result) -> {
            if (exception instanceof LauncherException) {
                command.getErr().println("menso: " + exception.getMessage());
            } else {
                exception.printStackTrace(command.getErr());
            }
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    static Home home() {
        return Home.fromEnvironment();
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
