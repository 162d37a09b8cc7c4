package io.menso.commons.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"b\"} | {\"a\":\"c\"} | {\"a\":\"c\"}",
                "{\"a\":\"b\"} | {\"b\":\"c\"} | {\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"} | {\"a\":null} | {}",
                "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null} | {\"b\":\"c\"}",
                "{\"a\":[\"b\"]} | {\"a\":\"c\"} | {\"a\":\"c\"}",
                "{\"a\":\"c\"} | {\"a\":[\"b\"]} | {\"a\":[\"b\"]}",
                "{\"a\":{\"b\":\"c\"}} | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]} | {\"a\":[1]} | {\"a\":[1]}",
                "[\"a\",\"b\"] | [\"c\",\"d\"] | [\"c\",\"d\"]",
                "{\"a\":\"b\"} | [\"c\"] | [\"c\"]",
                "{\"a\":\"foo\"} | null | null",
                "{\"a\":\"foo\"} | \"bar\" | \"bar\"",
                "{\"e\":null} | {\"a\":1} | {\"e\":null,\"a\":1}",
                "[1,2] | {\"a\":\"b\",\"c\":null} | {\"a\":\"b\"}",
                "{} | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}"
            })
    @DisplayName("D3: the examples of RFC 7396, appendix A, come out as it says")
    void followsTheExamples(String target, String patch, String result) throws JsonProcessingException {
        assertEquals(JSON.readTree(result), MergePatch.apply(JSON.readTree(target), JSON.readTree(patch)));
    }

    @Test
    @DisplayName("Neither the target nor the patch is changed, also not through the result")
    void changesNoArgument() throws JsonProcessingException {
        JsonNode target = JSON.readTree("{\"a\":{\"b\":1}}");
        JsonNode patch = JSON.readTree("{\"a\":{\"c\":[2]}}");
        JsonNode result = MergePatch.apply(target, patch);
        ((com.fasterxml.jackson.databind.node.ArrayNode) result.path("a").path("c")).add(3);
        assertEquals("{\"a\":{\"b\":1}}", target.toString());
        assertEquals("{\"a\":{\"c\":[2]}}", patch.toString());
        assertEquals("{\"a\":{\"b\":1,\"c\":[2,3]}}", result.toString());
    }

    @Test
    @DisplayName("A patch of a target that is missing starts from nothing")
    void startsFromNothing() throws JsonProcessingException {
        assertEquals(
                "{\"a\":{}}",
                MergePatch.apply(null, JSON.readTree("{\"a\":{\"b\":null}}")).toString());
    }
}
