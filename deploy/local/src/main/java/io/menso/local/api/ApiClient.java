package io.menso.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.menso.local.stack.Json;
import io.menso.local.stack.LauncherException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Calls of the API with one key. Safe for use by several threads.
public final class ApiClient {

    /// An answer.
    ///
    /// @param status       HTTP status
    /// @param body         parsed JSON, missing when there was none
    /// @param millis       time from sending to the last byte
    /// @param serverTiming value of `Server-Timing`, empty when absent
    public record Answer(int status, JsonNode body, double millis, String serverTiming) {

        /// @throws LauncherException when the status is another one
        public Answer expect(int expected) {
            if (status != expected) {
                throw new LauncherException("the API answered " + status + " instead of " + expected + ": " + body);
            }
            return this;
        }

        /// The member `uuid`.
        public String uuid() {
            return body.path("uuid").asText();
        }
    }

    private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI url;
    private final Supplier<String> token;

    /// @param url   where the calls go
    /// @param token signs a token for each call
    public ApiClient(String url, Supplier<String> token) {
        this.url = URI.create(url);
        this.token = token;
    }

    /// A client of the public API.
    public static ApiClient of(String url, String customer, String kid, String secret) {
        return new ApiClient(
                url, () -> Tokens.caller(URI.create(url), customer, kid, secret, TOKEN_LIFE, Clock.systemUTC()));
    }

    public static ApiClient production(Credentials credentials) {
        return of(
                credentials.url(),
                credentials.customer(),
                credentials.production().kid(),
                credentials.production().secret());
    }

    public Answer get(String path) {
        return send("GET", path, "", new byte[0]);
    }

    public Answer delete(String path) {
        return send("DELETE", path, "", new byte[0]);
    }

    public Answer post(String path, Object json) {
        return send(
                "POST", path, "application/json", Json.write(json).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public Answer post(String path, List<Multipart.Image> images) {
        Multipart multipart = Multipart.of(images);
        return send("POST", path, multipart.contentType(), multipart.body());
    }

    private Answer send(String method, String path, String type, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token.get())
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        long start = System.nanoTime();
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            double millis = (System.nanoTime() - start) / 1e6;
            String timing = String.join(", ", response.headers().allValues("Server-Timing"));
            return new Answer(response.statusCode(), parse(response), millis, timing);
        } catch (IOException e) {
            throw new LauncherException("nobody answers at " + url + "; is the suite up? (" + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LauncherException("interrupted", e);
        }
    }

    private static JsonNode parse(HttpResponse<byte[]> response) throws IOException {
        boolean json = response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
        return json && response.body().length > 0 ? Json.MAPPER.readTree(response.body()) : MissingNode.getInstance();
    }
}
