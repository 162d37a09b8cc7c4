package io.menso.pipeline;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Stands where identity, inference and matching would: records what it is asked and answers as told.
@ApplicationScoped
public class FakeServices {

    /// A request that arrived; `line` is method and path, the service's name first.
    public record Received(String line, String query, Map<String, String> headers, String body) {}

    /// What to answer; a request waits until `when` is done.
    public record Answer(int status, String json, Map<String, String> headers, CompletableFuture<Void> when) {}

    private final Vertx vertx;
    private final URI address;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @Inject
    FakeServices(Vertx vertx, @ConfigProperty(name = "menso.test.fakes") URI address) {
        this.vertx = vertx;
        this.address = address;
    }

    @PostConstruct
    void start() {
        server = vertx.createHttpServer().requestHandler(this::handle);
        server.listen(address.getPort(), address.getHost())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @PreDestroy
    void stop() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    /// Forgets everything; any path answers 200 `{}` again.
    public void reset() {
        answers.clear();
        received.clear();
    }

    public void answer(String line, int status, String json) {
        answer(line, status, json, Map.of());
    }

    public void answer(String line, int status, String json, Map<String, String> headers) {
        answers.put(line, new Answer(status, json, headers, CompletableFuture.completedFuture(null)));
    }

    /// Answers 200 `{}` once the future is done.
    public void answerLater(String line, CompletableFuture<Void> when) {
        answers.put(line, new Answer(200, "{}", Map.of(), when));
    }

    public List<Received> received() {
        return received;
    }

    public List<String> lines() {
        return received.stream().map(Received::line).toList();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> respond(request, body));
    }

    private void respond(HttpServerRequest request, Buffer body) {
        String line = request.method() + " " + request.path();
        Map<String, String> headers = new ConcurrentHashMap<>();
        request.headers()
                .forEach(header -> headers.put(header.getKey().toLowerCase(java.util.Locale.ROOT), header.getValue()));
        received.add(new Received(
                line, request.query() == null ? "" : request.query(), headers, body.toString("ISO-8859-1")));
        Answer answer =
                answers.getOrDefault(line, new Answer(200, "{}", Map.of(), CompletableFuture.completedFuture(null)));
        var _ = answer.when().thenRun(() -> {
            answer.headers().forEach(request.response()::putHeader);
            request.response()
                    .setStatusCode(answer.status())
                    .putHeader("Content-Type", "application/json")
                    .end(answer.json());
        });
    }
}
