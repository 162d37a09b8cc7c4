package io.menso.identity.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/// JSON in a text column, so that it comes back member for member as it was written; `jsonb` would reorder members,
/// rewrite numbers, and refuse `\u0000`.
@Converter
class JsonText implements AttributeConverter<JsonNode, String> {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Override
    public String convertToDatabaseColumn(JsonNode json) {
        return json.toString();
    }

    @Override
    public JsonNode convertToEntityAttribute(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON cannot be read", e);
        }
    }
}
