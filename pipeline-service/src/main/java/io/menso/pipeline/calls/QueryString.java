package io.menso.pipeline.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.commons.web.ApiException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Parameters of requests and calls: an object of strings, in which a repeated key is an array (G5).
public final class QueryString {

    private static final int MAX_LENGTH = 8192;
    private static final ObjectMapper JSON = new ObjectMapper();

    private QueryString() {}

    /// Writes a call's parameters as a query, `?` included; empty when there are none.
    ///
    /// @param params JSON text as the script gave it, empty when absent
    /// @throws ApiException 400 when it is no object of strings, numbers, booleans or arrays of them
    public static String write(String params) {
        List<String> pairs = new ArrayList<>();
        read(params).properties().forEach(member -> add(pairs, member));
        String query = String.join("&", pairs);
        if (query.length() > MAX_LENGTH) {
            throw ApiException.badRequest("params of a call are longer than " + MAX_LENGTH + " characters");
        }
        return query.isEmpty() ? "" : "?" + query;
    }

    /// A request's query parameters as the JSON object that a script gets.
    public static String toJson(Map<String, List<String>> parameters) {
        ObjectNode object = JSON.createObjectNode();
        parameters.forEach((name, values) -> {
            if (values.size() == 1) {
                object.put(name, values.getFirst());
            } else {
                values.forEach(object.withArrayProperty(name)::add);
            }
        });
        return object.toString();
    }

    /// A call's parameters as the JSON object that a nested script gets: every value becomes text.
    ///
    /// @throws ApiException 400 as [#write] does
    public static String normalise(String params) {
        ObjectNode object = JSON.createObjectNode();
        read(params).properties().forEach(member -> {
            if (member.getValue().isArray()) {
                member.getValue()
                        .forEach(item ->
                                object.withArrayProperty(member.getKey()).add(scalar(member, item)));
            } else if (!member.getValue().isNull()) {
                object.put(member.getKey(), scalar(member, member.getValue()));
            }
        });
        return object.toString();
    }

    private static ObjectNode read(String params) {
        try {
            JsonNode node = params.isEmpty() ? JSON.createObjectNode() : JSON.readTree(params);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("params of a call cannot be read");
        }
        throw ApiException.badRequest("params of a call must be an object");
    }

    private static void add(List<String> pairs, Map.Entry<String, JsonNode> member) {
        if (member.getValue().isArray()) {
            member.getValue().forEach(item -> pairs.add(pair(member, item)));
        } else if (!member.getValue().isNull()) {
            pairs.add(pair(member, member.getValue()));
        }
    }

    private static String pair(Map.Entry<String, JsonNode> member, JsonNode value) {
        return encode(member.getKey()) + "=" + encode(scalar(member, value));
    }

    private static String scalar(Map.Entry<String, JsonNode> member, JsonNode value) {
        if (!value.isValueNode() || value.isNull()) {
            throw ApiException.badRequest("param '" + member.getKey() + "' of a call is neither text nor number");
        }
        return value.asText();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
