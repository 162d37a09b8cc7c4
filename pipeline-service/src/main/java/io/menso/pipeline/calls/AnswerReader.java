package io.menso.pipeline.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a service answered, as a script gets it.
public final class AnswerReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> KEPT = List.of("Retry-After", "Allow", "WWW-Authenticate");

    private AnswerReader() {}

    /// JSON text of a success: the body, `null` when empty, and a string when it is something else than JSON.
    ///
    /// @throws ApiException the service's own error
    public static String read(ServiceClient.Answer answer) {
        if (answer.status() >= 300) {
            throw failure(answer);
        }
        if (answer.body().length() == 0) {
            return "null";
        }
        String text = answer.body().toString();
        String type = Optional.ofNullable(answer.headers().get("Content-Type")).orElse("");
        return type.startsWith("application/json")
                ? valid(text)
                : JSON.valueToTree(text).toString();
    }

    private static String valid(String text) {
        try {
            JSON.readTree(text);
            return text;
        } catch (JsonProcessingException e) {
            throw ApiException.unavailable("A part of the service cannot be understood");
        }
    }

    private static ApiException failure(ServiceClient.Answer answer) {
        int status = answer.status();
        if (status < 400 || status == 502 || status == 504) {
            return ApiException.unavailable("A part of the service cannot be reached");
        }
        JsonNode body = parse(answer.body().toString());
        String error = body.path("error").asText(status < 500 ? ApiException.BAD_REQUEST : ApiException.UNAVAILABLE);
        String reason = body.path("reason").asText("The call failed with status " + status);
        return new ApiException(status, error, reason, headers(answer));
    }

    private static Map<String, String> headers(ServiceClient.Answer answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT) {
            String value = answer.headers().get(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        if (answer.status() == 503) {
            headers.putIfAbsent("Retry-After", "1");
        }
        return headers;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
