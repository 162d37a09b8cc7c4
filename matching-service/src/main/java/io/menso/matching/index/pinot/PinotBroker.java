package io.menso.matching.index.pinot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.ApiException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/// Asks Pinot over its SQL endpoint (`POST /query/sql`) and takes complete answers only: one that lacks a server,
/// or that reports any exception, would call known people strangers.
///
/// Neither statements nor answers are logged.
@Singleton
class PinotBroker {

    private static final Logger LOG = Logger.getLogger(PinotBroker.class);
    private static final int MIN_ATTEMPTS = 2;

    private final List<URI> endpoints;
    private final Duration timeout;
    private final ObjectMapper json;
    private final HttpClient http;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile boolean failing;

    @Inject
    PinotBroker(PinotConfig config, ObjectMapper json) {
        this.endpoints = config.brokers().stream()
                .map(broker -> URI.create(broker.toString().replaceFirst("/+$", "") + "/query/sql"))
                .toList();
        this.timeout = config.timeout();
        this.json = json;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.connectTimeout())
                .build();
    }

    /// The rows of the answer, each an array of columns. Blocks, at most for twice the time-out.
    ///
    /// A broker learns only by an error that a server is gone, and asks another then: hence a second attempt.
    ///
    /// @throws ApiException 503 when there is no complete answer
    List<JsonNode> query(String sql) {
        int first = Math.floorMod(turn.get(), endpoints.size());
        String reason = "";
        for (int attempt = 0; attempt < Math.max(MIN_ATTEMPTS, endpoints.size()); attempt++) {
            URI endpoint = endpoints.get((first + attempt) % endpoints.size());
            try {
                List<JsonNode> rows = rows(ask(endpoint, sql));
                failing = false;
                return rows;
            } catch (IncompleteException e) {
                reason = e.reason();
            } catch (IOException e) {
                reason = e.getClass().getSimpleName();
                turn.incrementAndGet();
            }
            complain(endpoint, reason);
        }
        throw ApiException.unavailable("Pinot cannot be searched completely: " + reason);
    }

    /// Once until it answers again.
    private void complain(URI endpoint, String reason) {
        if (!failing) {
            LOG.warnf("Pinot does not answer: broker=%s reason=%s", endpoint.getAuthority(), reason);
        }
        failing = true;
    }

    private JsonNode ask(URI endpoint, String sql) throws IOException, IncompleteException {
        String body = json.createObjectNode()
                .put("sql", sql)
                .put("queryOptions", "timeoutMs=" + timeout.toMillis())
                .toString();
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IncompleteException("the broker answers " + response.statusCode());
            }
            return json.readTree(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IncompleteException("the search was interrupted");
        }
    }

    /// What Pinot says of an error is left out but for its number: the text may repeat the statement.
    private static List<JsonNode> rows(JsonNode answer) throws IncompleteException {
        JsonNode exceptions = answer.path("exceptions");
        if (!exceptions.isEmpty()) {
            throw new IncompleteException(
                    "error " + exceptions.get(0).path("errorCode").asText("unknown"));
        }
        int asked = answer.path("numServersQueried").asInt();
        int answered = answer.path("numServersResponded").asInt();
        if (asked != answered) {
            throw new IncompleteException(answered + " of " + asked + " servers answered");
        }
        if (answer.path("numGroupsLimitReached").asBoolean()) {
            throw new IncompleteException("there are more groups than a server returns");
        }
        List<JsonNode> rows = new ArrayList<>();
        answer.path("resultTable").path("rows").forEach(rows::add);
        return rows;
    }

    /// Pinot answered, but not with all that it should know.
    private static final class IncompleteException extends Exception {

        IncompleteException(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
