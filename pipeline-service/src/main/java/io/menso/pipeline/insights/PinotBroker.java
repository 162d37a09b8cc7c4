package io.menso.pipeline.insights;

import io.menso.commons.web.ApiException;
import io.menso.pipeline.sandbox.Threads;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.pinot.client.Connection;
import org.apache.pinot.client.ConnectionFactory;
import org.apache.pinot.client.ConnectionTimeouts;
import org.apache.pinot.client.JsonAsyncHttpPinotClientTransport;
import org.apache.pinot.client.PinotClientException;
import org.apache.pinot.client.ResultSetGroup;
import org.apache.pinot.client.TlsProtocols;
import org.jboss.logging.Logger;

/// Asks Pinot through its own client, whose threads do the waiting; no event loop blocks.
@ApplicationScoped
class PinotBroker {

    private static final Logger LOG = Logger.getLogger(PinotBroker.class);
    private static final String RETRY_AFTER = "Retry-After";

    private final Optional<Connection> connection;
    private final Duration timeout;
    private final Semaphore permits;

    @Inject
    PinotBroker(PinotConfig config) {
        this.connection = config.broker().map(brokers -> connect(brokers, config));
        this.timeout = Duration.ofMillis(config.timeoutMillis());
        this.permits = new Semaphore(config.queries());
    }

    @PreDestroy
    void close() {
        connection.ifPresent(Connection::close);
    }

    /// @return all rows, complete; an `ApiException` 503 otherwise
    Uni<ResultSetGroup> query(String table, String sql) {
        return connection
                .map(pinot -> Uni.createFrom().deferred(() -> bounded(pinot, table, sql)))
                .orElseGet(() -> Uni.createFrom().failure(PinotBroker::notConfigured));
    }

    private Uni<ResultSetGroup> bounded(Connection pinot, String table, String sql) {
        if (!permits.tryAcquire()) {
            return Uni.createFrom().failure(ApiException.unavailable("Too many insights are asked for at once"));
        }
        return Uni.createFrom()
                .completionStage(() -> pinot.executeAsync(table, sql))
                .ifNoItem()
                .after(timeout)
                .fail()
                .invoke(PinotBroker::requireComplete)
                .onFailure()
                .transform(PinotBroker::away)
                .onTermination()
                .invoke(() -> permits.release())
                .emitOn(Threads.here());
    }

    /// What one server could not answer would be missing without a sign of it.
    private static void requireComplete(ResultSetGroup answer) {
        if (!answer.getExceptions().isEmpty()) {
            throw answer.getExceptions().getFirst();
        }
        if (answer.getExecutionStats().isPartialResult() || answer.getResultSetCount() == 0) {
            throw new PinotClientException("the answer is not complete");
        }
    }

    private static ApiException notConfigured() {
        return new ApiException(
                503,
                ApiException.UNAVAILABLE,
                "Insights need Apache Pinot: start it with './menso up --pinot', or name its broker in the setting"
                        + " menso.pipeline.pinot.broker",
                Map.of(RETRY_AFTER, "60"));
    }

    private static ApiException away(Throwable failure) {
        // Pinot's own errors hold JSON and stack traces of its servers.
        String reason = failure.toString().replaceAll("\\s+", " ");
        LOG.warnf("pinot does not answer: reason=%.500s", reason);
        return new ApiException(
                503,
                ApiException.UNAVAILABLE,
                "Apache Pinot does not answer: it starts with './menso up --pinot'; where it is, says the setting"
                        + " menso.pipeline.pinot.broker",
                Map.of(RETRY_AFTER, "5"));
    }

    private static Connection connect(List<String> brokers, PinotConfig config) {
        String options = "groupByMode=sql;responseFormat=sql;timeoutMs=" + config.timeoutMillis();
        return ConnectionFactory.fromHostList(
                brokers,
                new JsonAsyncHttpPinotClientTransport(
                        Map.of(),
                        "http",
                        options,
                        false,
                        null,
                        ConnectionTimeouts.create(
                                config.timeoutMillis(), config.connectMillis(), config.connectMillis()),
                        TlsProtocols.defaultProtocols(false),
                        null));
    }
}
