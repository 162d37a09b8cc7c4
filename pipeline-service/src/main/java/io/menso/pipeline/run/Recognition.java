package io.menso.pipeline.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.ApiException;
import io.menso.pipeline.sandbox.Failures;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What one execution recognised, gathered from the answers to its calls. Holds no user, name, image or template.
final class Recognition {

    private static final ObjectMapper JSON = new ObjectMapper();

    private String revision = "";
    private OptionalDouble score = OptionalDouble.empty();
    private boolean searched;

    /// Looks at a successful answer.
    synchronized void observe(String path, String json) {
        switch (path) {
            case "/v3/models/face_analysis" ->
                revision = read(json).path("embedding").path("revision").asText(revision);
            case "/v3/faces/search" -> {
                searched = true;
                best(read(json).path("users").path(0).path("score"));
            }
            case "/v3/faces/verify" -> best(read(json).path("score"));
            default -> {}
        }
    }

    synchronized String revision() {
        return revision;
    }

    /// The best score that any call gave.
    synchronized OptionalDouble score() {
        return score;
    }

    /// `ok`, `no_match`, or the error's code in lower case.
    synchronized String outcome(@Nullable Throwable failure) {
        if (failure != null) {
            ApiException error = Failures.asApi(failure);
            return error.error().toLowerCase(Locale.ROOT);
        }
        return searched && score.isEmpty() ? "no_match" : "ok";
    }

    private void best(JsonNode value) {
        if (value.isNumber() && value.asDouble() > score.orElse(-1)) {
            score = OptionalDouble.of(value.asDouble());
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
