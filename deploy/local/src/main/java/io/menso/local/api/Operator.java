package io.menso.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.menso.local.stack.Home;
import io.menso.local.stack.Json;
import io.menso.local.stack.LauncherException;
import io.menso.local.stack.Suite;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;

/// The operator's calls: customers and their keys. They go to device-service itself, with a token signed here.
public final class Operator {

    private static final int CREATED = 201;

    private final Home home;
    private final ApiClient client;

    public Operator(Home home, Suite suite) {
        this.home = home;
        var key = suite.secrets().readSigningKey();
        this.client = new ApiClient(
                "http://127.0.0.1:" + suite.port("device-service"), () -> Tokens.operator(key, Clock.systemUTC()));
    }

    /// Makes a customer with one key for each environment.
    public Credentials createCustomer(String handle) {
        ApiClient.Answer answer = client.post("/internal/customers", Map.of("handle", handle));
        if (answer.status() != CREATED) {
            throw new LauncherException("customer " + handle + " cannot be made: "
                    + answer.body().path("reason").asText(Integer.toString(answer.status())));
        }
        return new Credentials(
                home.url(),
                handle,
                key(answer.body().path("production")),
                key(answer.body().path("staging")));
    }

    /// The customer's system keys.
    public JsonNode keys(String handle) {
        return client.get(path(handle)).expect(200).body();
    }

    public JsonNode createKey(String handle, String environment) {
        return client.post(path(handle), Map.of("environment", environment))
                .expect(CREATED)
                .body();
    }

    public void revokeKey(String handle, String kid) {
        client.delete(path(handle) + "/" + encode(kid)).expect(204);
    }

    /// Sees to it that `credentials.json` holds working keys of the default customer at the present address.
    public Credentials bootstrap(String defaultCustomer) {
        Credentials credentials = Files.exists(home.credentials())
                ? Json.read(home.credentials(), Credentials.class).at(home.url())
                : firstCredentials(defaultCustomer);
        Json.save(home.credentials(), credentials);
        return credentials;
    }

    private Credentials firstCredentials(String handle) {
        boolean exists = client.get(path(handle)).status() == 200
                && !keys(handle).path("keys").isEmpty();
        return exists
                ? new Credentials(
                        home.url(), handle, key(createKey(handle, "production")), key(createKey(handle, "staging")))
                : createCustomer(handle);
    }

    private static Credentials.Key key(JsonNode node) {
        return new Credentials.Key(
                node.path("kid").asText(), node.path("secret").asText());
    }

    private static String path(String handle) {
        return "/internal/customers/" + encode(handle) + "/keys";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
