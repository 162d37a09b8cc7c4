package io.menso.gateway;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/// The gateway under test, its callers, and the handle on the [StandIn].
final class World {

    /// A key that the stand-in for device-service knows.
    record Key(String kid, byte[] secret, String customer) {}

    private static final SecureRandom RANDOM = new SecureRandom();

    final URI gateway;
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI services;

    World() {
        this.gateway = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class) + "/");
        this.services = URI.create(ConfigProvider.getConfig().getValue("menso.device.url", String.class));
    }

    String host() {
        return gateway.getHost() + ":" + gateway.getPort();
    }

    Key systemKey() {
        return key("acme", "production", null, null);
    }

    Key deviceKey(String device, String gallery) {
        return key("acme", "production", device, gallery);
    }

    Key key(String customer, String environment, @Nullable String device, @Nullable String gallery) {
        byte[] secret = new byte[64];
        RANDOM.nextBytes(secret);
        Key key = new Key(UUID.randomUUID().toString(), secret, customer);
        JsonObject json = new JsonObject()
                .put("kid", key.kid())
                .put("customer", customer)
                .put("environment", environment)
                .put("secret", Base64.getEncoder().encodeToString(secret));
        if (device != null) {
            json.put("device", device).put("gallery", gallery);
        }
        control("PUT", "keys/" + key.kid(), json.encode());
        return key;
    }

    Tokens token(Key key) {
        return Tokens.valid(key.kid(), key.secret(), key.customer(), host(), System.currentTimeMillis() / 1000);
    }

    String bearer(Key key) {
        return "Bearer " + token(key).sign();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path));
    }

    HttpRequest.Builder request(String path, Key key) {
        return request(path).header("Authorization", bearer(key));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Sends a call to the stand-in's controls.
    String control(String method, String path, String body) {
        return send(HttpRequest.newBuilder(services.resolve("/control/" + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body)))
                .body();
    }

    int lookups() {
        return Integer.parseInt(control("GET", "lookups", ""));
    }

    /// Calls that arrived at the services.
    String seen() {
        return control("GET", "seen", "");
    }

    /// Sends bytes as they are and reads until the gateway closes; `HOST` and `AUTH` are filled in.
    String raw(Key key, String... lines) {
        String text = String.join("\r\n", Arrays.asList(lines))
                .replace("HOST", host())
                .replace("AUTH", bearer(key));
        return raw(text + "\r\n\r\n");
    }

    String raw(String text) {
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(out);
            return out.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
