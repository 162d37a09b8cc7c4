package io.menso.local.cli;

import io.menso.local.api.Credentials;
import io.menso.local.api.Tokens;
import io.menso.local.stack.Home;
import io.menso.local.stack.Json;
import io.menso.local.stack.LauncherException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Prints a token for curl.
@Command(
        name = "token",
        description = "Prints a signed token: curl -H \"Authorization: Bearer $(./menso token)\" ...",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Runnable {

    /// Another key than the default customer's.
    static final class OtherKey {

        @Option(names = "--kid", required = true, description = "id of another key, for example a device's")
        private String kid = "";

        @Option(names = "--secret", required = true, description = "its secret, in Base64")
        private String secret = "";
    }

    @Option(names = "--staging", description = "for the staging environment")
    private boolean staging;

    @Option(names = "--seconds", defaultValue = "3600", description = "life, at most 3600 (default ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--customer", description = "handle of the customer that owns the key")
    private @Nullable String customer;

    @Option(names = "--url", description = "address that the token is for (default: this instance's)")
    private @Nullable String url;

    @ArgGroup(exclusive = false)
    private @Nullable OtherKey other;

    @Override
    public void run() {
        if (other == null && customer != null) {
            throw new LauncherException("--customer needs --kid and --secret");
        }
        Home home = Menso.home();
        Credentials credentials = credentials(home);
        Credentials.Key key = other == null
                ? staging ? credentials.staging() : credentials.production()
                : new Credentials.Key(other.kid, other.secret);
        URI address = URI.create(Optional.ofNullable(url).orElse(credentials.url()));
        String subject = Optional.ofNullable(customer).orElse(credentials.customer());
        System.out.println(Tokens.caller(
                address, subject, key.kid(), key.secret(), Duration.ofSeconds(seconds), Clock.systemUTC()));
    }

    static Credentials credentials(Home home) {
        if (!Files.exists(home.credentials())) {
            throw new LauncherException("there are no keys yet; run menso up first");
        }
        return Json.read(home.credentials(), Credentials.class);
    }
}
