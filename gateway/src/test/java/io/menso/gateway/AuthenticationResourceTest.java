package io.menso.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(GatewayServers.class)
class AuthenticationResourceTest {

    private static final String GENERIC = "{\"error\":\"BAD_AUTH\",\"reason\":\"Unknown key or bad signature\"}";

    private final World world = new World();
    private final World.Key key = world.systemKey();

    private HttpResponse<String> with(Tokens token) {
        return world.send(world.request("/v3/users").header("Authorization", "Bearer " + token.sign()));
    }

    private static void assertRefused(HttpResponse<String> response, String reason) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(new JsonObject(response.body()).getString("reason")).isEqualTo(reason);
    }

    @Test
    @DisplayName("A11, A14: unknown key, bad signature and malformed token get byte for byte the same body")
    void unknownBadAndMalformedAreTheSame() {
        HttpResponse<String> unknown = with(Tokens.valid(
                UUID.randomUUID().toString(), key.secret(), "acme", world.host(), System.currentTimeMillis() / 1000));
        HttpResponse<String> bad = with(world.token(key).secret(new byte[64]));
        HttpResponse<String> malformed = world.send(world.request("/v3/users").header("Authorization", "Bearer a.b.c"));

        for (HttpResponse<String> response : new HttpResponse[] {unknown, bad, malformed}) {
            assertRefused(response, "Unknown key or bad signature");
            assertThat(response.body()).isEqualTo(GENERIC);
        }
    }

    @Test
    @DisplayName("A4, A5, A6, A11: after the signature the reason is exact")
    void afterTheSignatureTheReasonIsExact() {
        long now = System.currentTimeMillis() / 1000;

        assertRefused(
                with(world.token(key).claim("iat", "" + (now - 900)).claim("exp", "" + (now - 600))),
                "Token has expired");
        assertRefused(with(world.token(key).claim("aud", "\"elsewhere\"")), "aud does not match host " + world.host());
        assertRefused(with(world.token(key).claim("sub", "\"other\"")), "sub does not match the customer of the key");
        assertRefused(
                with(world.token(key).claim("exp", "" + (now + 3601)).claim("iat", "" + now)),
                "exp must be at most 3600 seconds after iat");
    }

    @Test
    @DisplayName("A4: the Host header decides, in any case, and two of them never pass")
    void theHostHeaderDecides() {
        String token =
                world.token(key).claim("aud", "[\"x\",\"API.example.com:80\"]").sign();

        String good = world.raw("GET /v3/users HTTP/1.1\r\nHost: Api.Example.Com\r\nAuthorization: bearer " + token
                + "\r\nConnection: close\r\n\r\n");
        String other = world.raw("GET /v3/users HTTP/1.1\r\nHost: example.com\r\nAuthorization: Bearer " + token
                + "\r\nConnection: close\r\n\r\n");
        String two = world.raw("GET /v3/users HTTP/1.1\r\nHost: evil\r\nHost: api.example.com\r\nAuthorization: Bearer "
                + token + "\r\nConnection: close\r\n\r\n");

        assertThat(good).startsWith("HTTP/1.1 200 ").contains("\"host\":\"Api.Example.Com\"");
        assertThat(other).startsWith("HTTP/1.1 401 ").contains("aud does not match host example.com");
        assertThat(two).startsWith("HTTP/1.1 4").doesNotContain("\"claims\"");
    }

    @Test
    @DisplayName("A12: two Authorization headers are refused, even when both are good")
    void twoAuthorizationHeadersAreRefused() {
        assertRefused(
                world.send(world.request("/v3/users", key).header("Authorization", world.bearer(key))),
                "Unknown key or bad signature");
    }

    @Test
    @DisplayName("A12: a token in query or cookie is never read")
    void aTokenElsewhereIsNeverRead() {
        String token = world.token(key).sign();

        HttpResponse<String> response = world.send(world.request("/v3/users?access_token=" + token + "&token=" + token)
                .header("Cookie", "Bearer=" + token));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    @DisplayName("A10: other schemes are 401 without invalid_token")
    void otherSchemesAre401() {
        HttpResponse<String> response =
                world.send(world.request("/v3/users").header("Authorization", "Basic YWNtZTphY21l"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    @DisplayName("A7: the key decides the environment")
    void theKeyDecidesTheEnvironment() {
        World.Key staging = world.key("acme", "staging", null, null);

        JsonObject claims =
                new JsonObject(world.send(world.request("/v3/users", staging)).body()).getJsonObject("claims");

        assertThat(claims.getString("env")).isEqualTo("staging");
        assertThat(claims.getString("key")).isEqualTo(staging.kid());
    }

    @Test
    @DisplayName("B13: with device-service broken or silent the answer is 503 with Retry-After, never 401")
    void withoutDeviceServiceTheAnswerIs503() {
        for (String fault : new String[] {"broken", "delay"}) {
            world.control("PUT", fault, fault.equals("broken") ? "true" : "3000");
            try {
                HttpResponse<String> response = world.send(world.request("/v3/users", world.systemKey()));

                assertThat(response.statusCode()).as(fault).isEqualTo(503);
                assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
                assertThat(new JsonObject(response.body()).getString("reason")).contains("Keys cannot be checked");
            } finally {
                world.control("PUT", fault, fault.equals("broken") ? "false" : "0");
            }
        }
    }

    @Test
    @DisplayName("B7: more than the burst is 429 with Retry-After for that key alone")
    void moreThanTheBurstIs429() {
        HttpResponse<String> last = world.send(world.request("/v3/users", key));
        for (int i = 0; i < 1000 && last.statusCode() == 200; i++) {
            last = world.send(world.request("/v3/users", key));
        }

        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(new JsonObject(last.body()).getString("error")).isEqualTo("TOO_MANY_REQUESTS");
        assertThat(world.send(world.request("/v3/users", world.systemKey())).statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("B7: forged tokens do not count against the key they name")
    void forgedTokensDoNotCount() {
        for (int i = 0; i < 150; i++) {
            assertThat(with(world.token(key).secret(new byte[64])).statusCode()).isEqualTo(401);
        }

        assertThat(world.send(world.request("/v3/users", key)).statusCode()).isEqualTo(200);
    }
}
