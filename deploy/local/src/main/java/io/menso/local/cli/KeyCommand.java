package io.menso.local.cli;

import io.menso.local.api.Operator;
import io.menso.local.stack.Home;
import io.menso.local.stack.Json;
import io.menso.local.stack.LauncherException;
import io.menso.local.stack.Suite;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// System keys of customers: several may be active, so that they rotate without downtime (A13).
@Command(
        name = "key",
        description = "Lists, makes and revokes a customer's system keys.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class KeyCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(
            names = "--customer",
            scope = ScopeType.INHERIT,
            description = "handle of the customer (default: that of credentials.json)")
    private @Nullable String customer;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(name = "list", description = "Lists the keys, without secrets.", mixinStandardHelpOptions = true)
    void list() {
        System.out.println(Json.write(operator().keys(handle())));
    }

    @Command(name = "create", description = "Makes a key and prints it.", mixinStandardHelpOptions = true)
    void create(
            @Option(
                            names = "--environment",
                            defaultValue = "production",
                            description = "production or staging (default ${DEFAULT-VALUE})")
                    String environment) {
        if (!environment.equals("production") && !environment.equals("staging")) {
            throw new LauncherException("--environment is production or staging");
        }
        System.out.println(Json.write(operator().createKey(handle(), environment)));
    }

    @Command(
            name = "revoke",
            description = "Revokes a key; the next request with it is refused.",
            mixinStandardHelpOptions = true)
    void revoke(@Parameters(paramLabel = "KID", description = "id of the key") String kid) {
        operator().revokeKey(handle(), kid);
        System.out.println("revoked " + kid);
    }

    private static Operator operator() {
        Home home = Menso.home();
        return new Operator(home, new Suite(home, ignored -> {}));
    }

    private String handle() {
        return Optional.ofNullable(customer)
                .orElseGet(() -> TokenCommand.credentials(Menso.home()).customer());
    }
}
