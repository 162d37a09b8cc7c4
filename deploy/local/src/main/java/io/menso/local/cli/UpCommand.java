package io.menso.local.cli;

import io.menso.local.api.ApiClient;
import io.menso.local.api.Credentials;
import io.menso.local.api.Operator;
import io.menso.local.demo.Demo;
import io.menso.local.models.ModelCatalogue;
import io.menso.local.models.ModelInstaller;
import io.menso.local.stack.Home;
import io.menso.local.stack.LauncherException;
import io.menso.local.stack.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts whatever of the suite does not run.
@Command(
        name = "up",
        description = "Starts the database, the broker and the six services, and waits until all are healthy.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    static final String DEFAULT_CUSTOMER = "demo";
    private static final Duration GREETING = Duration.ofSeconds(60);

    /// Answered by the matching service: 404, because nobody has this id.
    private static final String NO_FACE = "/v3/users/00000000-0000-7000-8000-000000000000/face";

    @Option(
            names = "--pinot",
            description = "with Apache Pinot, which then searches faces and answers insights (about 300 MB more)")
    private boolean withPinot;

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        Home home = Menso.home();
        home.create();
        installModels(home);
        Suite suite = new Suite(home, System.out::println);
        suite.up(withPinot, () -> exercise(home, suite));
        greet(new Operator(home, suite).bootstrap(DEFAULT_CUSTOMER));
        System.out.printf("%nMenso is up after %.1f s: %s%n", (System.nanoTime() - start) / 1e9, home.url());
        System.out.println(
                "Keys are in " + home.credentials() + ", the API's description is at " + home.url() + "/docs");
        System.out.println(
                "Try: curl -H \"Authorization: Bearer $(" + script(home) + " token)\" " + home.url() + "/v3/models");
        return 0;
    }

    /// Requests for the start-up caches to learn from. That a request fails is no reason not to start.
    private static void exercise(Home home, Suite suite) {
        try {
            Credentials credentials = new Operator(home, suite).bootstrap(DEFAULT_CUSTOMER);
            greet(credentials);
            new Demo(credentials, ignored -> {}).run();
        } catch (LauncherException e) {
            System.out.println("note: the exercise for the caches ended early: " + e.getMessage());
        }
    }

    /// Asks every service through the gateway, so that the first caller does not meet one that is still cold.
    private static void greet(Credentials credentials) {
        ApiClient client = ApiClient.production(credentials);
        long deadline = System.nanoTime() + GREETING.toNanos();
        for (String path : List.of("/v3/models", "/v3/users", NO_FACE, "/v3/devices", "/v3/pipelines")) {
            while (client.get(path).status() >= 500) {
                if (System.nanoTime() > deadline) {
                    throw new LauncherException("the API does not answer: GET " + path);
                }
            }
        }
    }

    private static void installModels(Home home) throws IOException {
        Path shared = home.root().resolve("../shared/models").normalize();
        if (ModelInstaller.list(home.models()).isEmpty()) {
            if (Files.isDirectory(shared)) {
                System.out.println("installing models from " + shared);
                ModelInstaller.pull(home.models(), Optional.of(shared), System.out::println);
            } else if (!ModelCatalogue.of(home).all().isEmpty()) {
                System.out.println("using the built-in models; stronger ones: " + script(home) + " models pull");
            } else {
                System.out.println("no models are installed; run: " + script(home) + " models pull");
            }
        }
    }

    private static String script(Home home) {
        Path here = Path.of("").toAbsolutePath();
        return here.equals(home.root())
                ? "./menso"
                : home.root().resolve("menso").toString();
    }
}
