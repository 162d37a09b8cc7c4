package io.menso.commons.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    record Sample(@Nullable String text, @Nullable Long number) {}

    private final ObjectMapper json = new ObjectMapper();

    StrictJsonTest() {
        new StrictJson().customize(json);
    }

    private String read(String body) {
        return StrictJson.object(json, body.getBytes(StandardCharsets.UTF_8)).toString();
    }

    @Test
    @DisplayName("B11: an object is read as it is, large and fine numbers included")
    void readsObjects() {
        String body = "{\"a\":[1,null,{}],\"b\":1E+400,\"c\":0.12345678901234567890123,\"d\":\"\uD83D\uDE00\"}";
        assertEquals(body, read(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "null",
                "1",
                "\"x\"",
                "{",
                "{}}",
                "{} {}",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":NaN}",
                "{\"a\":1e99999999999}",
                "{\"a\":1} // x",
                "{\"a\":\"\n\"}",
                "{\"a\":1,\"a\":2}"
            })
    @DisplayName("B11: what RFC 8259 does not allow, a repeated member, and what is no object, are 400")
    void refuses(String body) {
        ApiException e = assertThrows(ApiException.class, () -> read(body));
        assertEquals(400, e.status());
        assertEquals("BAD_REQUEST", e.error());
    }

    @Test
    @DisplayName("B11: bytes that are text in no encoding are 400")
    void refusesBytesThatAreNoText() {
        byte[][] bodies = {
            {0, 0, 0, '{', (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            {(byte) 0xff, (byte) 0xfe, '{'},
            {'{', '"', (byte) 0xc3, '"', ':', '1', '}'},
            {'{', '"', (byte) 0xff, '"', ':', '1', '}'}
        };
        for (byte[] body : bodies) {
            ApiException e = assertThrows(ApiException.class, () -> StrictJson.object(json, body));
            assertEquals(400, e.status());
        }
    }

    @Test
    @DisplayName("Nesting deeper than 64, or a number of more than 1000 digits, is 400")
    void limitsDepth() {
        String deep = "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";
        String edge = "{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}";
        String longNumber = "{\"a\":" + "1".repeat(1001) + "}";
        assertEquals(edge, read(edge));
        assertEquals(400, assertThrows(ApiException.class, () -> read(deep)).status());
        assertEquals(
                400, assertThrows(ApiException.class, () -> read(longNumber)).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":1}",
                "{\"text\":true}",
                "{\"text\":1.5}",
                "{\"number\":\"1\"}",
                "{\"number\":1.0}",
                "{\"number\":true}",
                "{\"number\":\"\"}"
            })
    @DisplayName("B11: nothing is converted into another type")
    void convertsNothing(String body) {
        assertThrows(JsonProcessingException.class, () -> json.readValue(body, Sample.class));
    }

    @Test
    @DisplayName("B11: unknown members are ignored")
    void ignoresUnknown() throws JsonProcessingException {
        assertEquals(new Sample("a", 1L), json.readValue("{\"text\":\"a\",\"x\":{},\"number\":1}", Sample.class));
        assertTrue(read("{\"x\":{}}").contains("x"));
    }
}
