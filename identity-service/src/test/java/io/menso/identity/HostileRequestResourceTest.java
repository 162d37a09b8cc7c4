package io.menso.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.testing.InternalTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that an HTTP library would not send, byte for byte.
@QuarkusTest
@WithTestResource(IdentityServers.class)
class HostileRequestResourceTest {

    private static final String USER = "{\"display_name\":\"a\"}";

    private final String customer = "customer-" + UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x=%",
                "x=%z1",
                "x=%1",
                "%zz",
                "x={",
                "x=a|b",
                "x=\"",
                "x=<b>",
                "x=a\\b",
                "x=^`",
                "page=1&per_page={1}"
            })
    @DisplayName("B8: A query that is no URI is 400, never 500")
    void refusesMalformedQueries(String query) throws IOException {
        String answer = send("GET", "/v3/users?" + query, "", new byte[0]);
        assertThat(answer).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "?", "=", "x", "x=%00", "x=%ff%fe", "x[]=1", "page=%31&x=a;b=c", "x=%7B%22"})
    @DisplayName("Odd queries that are URIs all the same are ignored")
    void ignoresOddQueries(String query) throws IOException {
        assertThat(send("GET", "/v3/users?" + query, "", new byte[0])).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;",
                "application/json; charset",
                "application/json; charset=\"utf-8\"",
                "application/json; charset=\"utf-8",
                "application/json; =",
                "application/json;;",
                "application/json; charset=nonsense",
                "application/json; charset=utf-8; charset=utf-16",
                "APPLICATION/JSON; Charset=UTF-8"
            })
    @DisplayName("B3, B10: Odd parameters of a Content-Type are accepted or 400")
    void toleratesParameters(String type) throws IOException {
        assertThat(send("POST", "/v3/users", type, USER.getBytes(StandardCharsets.UTF_8)))
                .matches("(?s)HTTP/1.1 (201|400) .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "application/", "/json", ";", "application/json, text/plain", "a/b/c", "="})
    @DisplayName("B3: A Content-Type that is none is 400")
    void refusesMalformedTypes(String type) throws IOException {
        assertThat(send("POST", "/v3/users", type, USER.getBytes(StandardCharsets.UTF_8)))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"BAD_REQUEST\"");
    }

    @Test
    @DisplayName("B11: Bytes in no encoding are 400")
    void refusesBadEncodings() throws IOException {
        byte[][] bodies = {
            {0, 0, 0, '{', (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            {(byte) 0xff, (byte) 0xfe, '{'},
            {0, 0, 0, '{', 0},
            {'{', '"', (byte) 0xc3, '"', '}'},
            {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
            {'{', '"', 'a', '"', ':', '"', (byte) 0xf8, '"', '}'}
        };
        for (byte[] body : bodies) {
            assertThat(send("POST", "/v3/users", "application/json", body))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"BAD_REQUEST\"");
        }
    }

    private String send(String method, String target, String type, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes((method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Authorization: Bearer " + InternalTokens.system(customer, "production") + "\r\n"
                        + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
                        + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.toByteArray());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
