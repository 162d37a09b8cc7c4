package io.menso.pipeline.insights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.menso.commons.web.ApiException;
import io.menso.local.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.pinot.client.ResultSetGroup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PinotBrokerTest {

    private static final String COUNT = "select count(*) from recognitions";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Config(Optional<List<String>> broker, int timeoutMillis, int connectMillis, int queries)
            implements PinotConfig {}

    private static PinotBroker broker(String address, int timeoutMillis, int queries) {
        return new PinotBroker(new Config(Optional.of(List.of(address)), timeoutMillis, 500, queries));
    }

    private static ResultSetGroup count(PinotBroker broker) {
        return broker.query(InsightsSql.TABLE, COUNT).await().atMost(PATIENCE);
    }

    private static ApiException refusal(PinotBroker broker) {
        return catchThrowableOfType(ApiException.class, () -> count(broker));
    }

    @Test
    @DisplayName("B13: a broker that is not there, or does not answer in time, is 503 with Retry-After and a reason")
    void away() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            for (int port : List.of(Ports.free(), silent.getLocalPort())) {
                PinotBroker broker = broker("127.0.0.1:" + port, 800, 1);

                long start = System.nanoTime();
                ApiException refusal = refusal(broker);

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
                assertThat(refusal.status()).isEqualTo(503);
                assertThat(refusal.headers()).containsEntry("Retry-After", "5");
                assertThat(refusal).hasMessageContaining("./menso up --pinot").hasMessageNotContaining("127.0.0.1");
                assertThat(refusal(broker).headers()).as("its permit came back").containsEntry("Retry-After", "5");
                broker.close();
            }
        }
    }

    @Test
    @DisplayName("More queries at once than allowed are 503 at once")
    void bounded() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            PinotBroker broker = broker("127.0.0.1:" + silent.getLocalPort(), 2000, 2);
            List<CompletableFuture<ResultSetGroup>> waiting = Stream.generate(
                            () -> broker.query(InsightsSql.TABLE, COUNT).subscribeAsCompletionStage())
                    .limit(2)
                    .toList();

            assertThat(refusal(broker)).hasMessageContaining("at once");
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            broker.close();
        }
    }

    @Test
    @DisplayName("B13: without a broker's address it is 503 that says what to start")
    void notConfigured() {
        ApiException refusal = refusal(new PinotBroker(new Config(Optional.empty(), 1000, 500, 1)));

        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.headers()).containsEntry("Retry-After", "60");
        assertThat(refusal)
                .hasMessageContaining("./menso up --pinot")
                .hasMessageContaining("menso.pipeline.pinot.broker");
    }
}
