package io.menso.local.cli;

import io.menso.local.api.Operator;
import io.menso.local.stack.Home;
import io.menso.local.stack.Json;
import io.menso.local.stack.Suite;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Customers.
@Command(
        name = "customer",
        description = "Makes customers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class CustomerCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(
            name = "create",
            description = "Makes a customer and prints its keys in the form of credentials.json.",
            mixinStandardHelpOptions = true)
    void create(@Parameters(paramLabel = "HANDLE", description = "the customer's handle") String handle) {
        Home home = Menso.home();
        System.out.println(Json.write(new Operator(home, new Suite(home, ignored -> {})).createCustomer(handle)));
    }
}
