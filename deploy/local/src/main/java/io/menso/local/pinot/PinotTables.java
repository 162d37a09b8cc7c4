package io.menso.local.pinot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Menso's tables in a Pinot cluster, through its controller's REST API.
public final class PinotTables {

    /// Each has a schema and a configuration among the resources of `deploy/pinot`.
    public static final List<String> NAMES = List.of("templates", "recognitions");

    /// Days for which recognitions are kept when nobody says otherwise.
    public static final int DEFAULT_RETENTION = 90;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What differs between installations.
    ///
    /// @param brokers     addresses of Kafka, `host:port` with commas between
    /// @param replication servers that hold each row
    /// @param rows        that a segment gathers before it is written for good
    /// @param retention   days for which recognitions are kept
    public record Options(String brokers, int replication, int rows, int retention) {

        public Options(String brokers, int replication, int rows) {
            this(brokers, replication, rows, DEFAULT_RETENTION);
        }

        Map<String, String> values() {
            return Map.of(
                    "brokers", brokers,
                    "replication", Integer.toString(replication),
                    "rows", Integer.toString(rows),
                    "retention", Integer.toString(retention));
        }
    }

    private final URI controller;
    private final HttpClient http;

    /// @param controller its address, for example `http://127.0.0.1:9000`
    public PinotTables(URI controller, HttpClient http) {
        this.controller = controller;
        this.http = http;
    }

    /// Makes what is missing and brings what is there up to date.
    public void ensure(Options options) {
        for (String name : NAMES) {
            String schema = resource(name, "schema.json", options);
            String table = resource(name, "table.json", options);
            boolean there = get("/tables/" + name).has("REALTIME");
            if (there) {
                send("PUT", "/schemas/" + name, schema);
                send("PUT", "/tables/" + name, table);
            } else {
                send("POST", "/schemas", schema);
                send("POST", "/tables", table);
            }
        }
    }

    private JsonNode get(String path) {
        HttpResponse<String> response = exchange(HttpRequest.newBuilder(controller.resolve(path)));
        return parse(requireSuccess(response));
    }

    private void send(String method, String path, String body) {
        requireSuccess(exchange(HttpRequest.newBuilder(controller.resolve(path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")));
    }

    /// Pinot's HTTP server hangs at an offer of HTTP/2 together with a body.
    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.version(HttpClient.Version.HTTP_1_1)
                            .timeout(PATIENCE)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("Pinot's controller does not answer: " + controller, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String requireSuccess(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("Pinot's controller answers " + response.statusCode() + " to "
                    + response.request().method() + " " + response.uri() + ": " + response.body());
        }
        return response.body();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String table, String file, Options options) {
        String path = "/pinot/" + table + "/" + file;
        try (InputStream stream = PinotTables.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException("missing resource " + path);
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : options.values().entrySet()) {
                text = text.replace("${" + value.getKey() + "}", value.getValue());
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
