package io.menso.pipeline.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.pipeline.calls.ServiceClient;
import io.menso.pipeline.sandbox.Failures;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What one execution recognised, gathered from its calls and their answers. Holds no user, name, image or template.
final class Recognition {

    static final String MATCH = "MATCH";
    static final String NO_MATCH = "NO_MATCH";
    static final String OK = "OK";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Optional<RecognitionKind> kind = Optional.empty();
    private Optional<String> gallery = Optional.empty();
    private String revision = "";
    private String analysis = "";
    private OptionalDouble score = OptionalDouble.empty();
    private OptionalInt matches = OptionalInt.empty();

    /// A pipeline starts, the request's own or one that it calls.
    synchronized void starts(String pipeline) {
        kind = kind.or(() -> RecognitionKind.ofPipeline(pipeline));
    }

    /// A call is about to be sent.
    synchronized void calls(ServiceClient.Request call) {
        kind = kind.or(() -> RecognitionKind.ofCall(call));
    }

    /// Looks at an answer, also at a refusal: its headers say which models refused.
    synchronized void answered(ServiceClient.Request call, ServiceClient.Answer answer) {
        boolean success = answer.status() < 300;
        switch (call.path().text()) {
            case "/v3/models/face_analysis" -> {
                JsonNode body = success ? read(answer.body().toString()) : JSON.missingNode();
                analysis =
                        header(answer, "Model-Revision", body.path("revision").asText(analysis));
                revision = header(
                        answer,
                        "Embedding-Revision",
                        body.path("embedding").path("revision").asText(revision));
            }
            case "/v3/faces/access" -> {
                if (success) {
                    gallery = gallery.or(() -> RecognitionKind.parameter(call, "gallery"));
                }
            }
            case "/v3/faces/search" -> {
                if (success) {
                    searched(read(call.json()), read(answer.body().toString()));
                }
            }
            case "/v3/faces/verify" -> {
                if (success) {
                    best(read(answer.body().toString()).path("score"));
                }
            }
            default -> {}
        }
    }

    private void searched(JsonNode call, JsonNode answer) {
        JsonNode asked = call.path("gallery");
        if (asked.isTextual()) {
            gallery = gallery.or(() -> Optional.of(asked.asText()));
        }
        matches =
                OptionalInt.of(Math.max(matches.orElse(0), answer.path("users").size()));
        best(answer.path("users").path(0).path("score"));
    }

    /// What the execution is for: its first pipeline or call that tells.
    synchronized RecognitionKind kind() {
        return kind.orElse(RecognitionKind.OTHER);
    }

    /// The gallery that a call asked for and was granted.
    synchronized Optional<String> gallery() {
        return gallery;
    }

    /// Revision of the embedding, empty when no analysis was reached.
    synchronized String revision() {
        return revision;
    }

    /// Revision of `face_analysis`, which stands for those of all networks; empty when it was not reached.
    synchronized String analysis() {
        return analysis;
    }

    /// The best score that any call gave.
    synchronized OptionalDouble score() {
        return score;
    }

    /// Most users that a search returned; empty without a search.
    synchronized OptionalInt matches() {
        return matches;
    }

    /// `MATCH` or `NO_MATCH` after a search, `OK` without one, or the error's code.
    synchronized String outcome(@Nullable Throwable failure) {
        if (failure != null) {
            return Failures.asApi(failure).error();
        }
        if (matches.isEmpty()) {
            return OK;
        }
        return matches.getAsInt() > 0 ? MATCH : NO_MATCH;
    }

    private void best(JsonNode value) {
        if (value.isNumber() && value.asDouble() > score.orElse(-1)) {
            score = OptionalDouble.of(value.asDouble());
        }
    }

    private static String header(ServiceClient.Answer answer, String name, String otherwise) {
        return Optional.ofNullable(answer.headers().get(name)).orElse(otherwise);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
