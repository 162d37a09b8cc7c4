package io.menso.commons.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;

/// Reads JSON as RFC 8259 has it: no trailing tokens, no silent conversions; unknown members are ignored (B11).
@Singleton
public class StrictJson implements ObjectMapperCustomizer {

    private static final int MAX_DEPTH = 64;

    /// Reads a request body that must be one JSON object. Its numbers keep their value: as a double, `1e400` would come
    /// back as "Infinity".
    ///
    /// @param json the application's mapper, which this class has made strict
    /// @param body as received, UTF-8
    /// @throws ApiException 400 when it is empty, malformed, in no encoding, or anything but an object
    public static ObjectNode object(ObjectMapper json, byte[] body) {
        try {
            JsonNode read = json.reader()
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(body);
            if (read instanceof ObjectNode object) {
                return object;
            }
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("A number in the JSON is out of range");
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest(ExceptionMappers.describe(e));
        } catch (IOException e) {
            // Reading bytes can fail in no other way than that they are no text.
            throw ApiException.badRequest("The body is not text in UTF-8");
        }
        throw ApiException.badRequest("The body must be a JSON object");
    }

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        mapper.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
    }
}
