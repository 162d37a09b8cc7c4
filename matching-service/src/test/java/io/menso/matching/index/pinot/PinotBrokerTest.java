package io.menso.matching.index.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.menso.commons.web.ApiException;
import io.menso.local.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers that a Pinot in trouble gives, from a server that says what it is told.
class PinotBrokerTest {

    private static final String COMPLETE = """
            {"resultTable":{"rows":[["a",1],["b",2]]},"exceptions":[],"numServersQueried":2,"numServersResponded":2}""";
    private static final String PARTIAL = """
            {"resultTable":{"rows":[["a",1]]},"exceptions":[],"numServersQueried":2,"numServersResponded":1}""";

    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/query/sql", exchange -> {
            String answer = String.valueOf(answers.poll());
            boolean known = answer.startsWith("{");
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 500, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private PinotBroker broker(String addresses) {
        PinotSettings settings = new PinotSettings(URI.create("http://unused"), Path.of("unused"))
                .set("menso.matching.pinot.brokers", addresses);
        return new PinotBroker(settings.pinot(), new ObjectMapper());
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Test
    void aCompleteAnswerIsItsRows() {
        answers.add(COMPLETE);

        assertThat(broker(address()).query("SELECT 1"))
                .hasSize(2)
                .first()
                .satisfies(row -> assertThat(row.get(0).asText()).isEqualTo("a"));
    }

    @Test
    void anIncompleteAnswerIsAskedForAgain() {
        answers.add(PARTIAL);
        answers.add(COMPLETE);

        assertThat(broker(address()).query("SELECT 1")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"numServersQueried\":2,\"numServersResponded\":1}; 1 of 2 servers answered",
                "{\"exceptions\":[{\"errorCode\":305,\"message\":\"SELECT secret\"}]}; error 305",
                "{\"numGroupsLimitReached\":true}; more groups",
                "broken; the broker answers 500"
            })
    void anAnswerFromAPartIsNoAnswer(String answer, String reason) {
        answers.add(answer);
        answers.add(answer);

        assertThatThrownBy(() -> broker(address()).query("SELECT 1"))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.status()).isEqualTo(503);
                    assertThat(e.headers()).containsEntry("Retry-After", "1");
                })
                .hasMessageContaining(reason)
                .hasMessageNotContaining("SELECT");
    }

    @Test
    void aBrokerThatIsAwayGivesWayToTheNext() {
        answers.add(COMPLETE);
        String away = "http://127.0.0.1:" + Ports.free();

        assertThat(broker(away + "," + address()).query("SELECT 1")).hasSize(2);
        assertThatThrownBy(() -> broker(away).query("SELECT 1"))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("ConnectException");
    }
}
