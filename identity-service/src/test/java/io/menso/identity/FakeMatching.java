package io.menso.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Stands where the matching service would: records what it is asked, and can be away.
@ApplicationScoped
public class FakeMatching {

    /// A request that arrived.
    public record Call(
            String line,
            String body,
            @Nullable String authorization,
            @Nullable String requestId) {}

    private final URI address;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile int status;
    private volatile Consumer<Call> before = call -> {};
    private @Nullable HttpServer server;

    @Inject
    FakeMatching(@ConfigProperty(name = "menso.matching.url") URI address) {
        this.address = address;
    }

    /// Listens and answers 204; forgets earlier calls.
    public synchronized void up() {
        calls.clear();
        status = 204;
        before = call -> {};
        if (server == null) {
            try {
                server = HttpServer.create(new InetSocketAddress(address.getHost(), address.getPort()), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::handle);
            server.start();
        }
    }

    /// Its port refuses connections.
    @PreDestroy
    public synchronized void down() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
        calls.clear();
    }

    /// Answers with another status from now on.
    public void answer(int other) {
        status = other;
    }

    /// Does something before each answer; the caller waits meanwhile.
    public void before(Consumer<Call> action) {
        before = action;
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public List<String> lines() {
        return calls.stream().map(Call::line).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = new Call(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("Request-Id"));
            calls.add(call);
            before.accept(call);
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
