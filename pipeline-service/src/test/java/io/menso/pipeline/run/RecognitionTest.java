package io.menso.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.commons.web.ApiException;
import io.menso.pipeline.calls.CallPath;
import io.menso.pipeline.calls.ServiceClient;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognitionTest {

    private final Recognition recognition = new Recognition();

    private static ServiceClient.Request call(String line, String query, String json) {
        String[] parts = line.split(" ");
        return new ServiceClient.Request(parts[0], CallPath.of(parts[1]), query, json, List.of());
    }

    private static ServiceClient.Answer answer(int status, String json, Map<String, String> headers) {
        return new ServiceClient.Answer(
                status, MultiMap.caseInsensitiveMultiMap().addAll(headers), Buffer.buffer(json));
    }

    @ParameterizedTest
    @DisplayName("A built-in pipeline or the first call that tells says what an execution is for")
    @CsvSource({
        "identify, GET /v3/users, '', IDENTIFICATION",
        "verify, POST /v3/faces/search, '', VERIFICATION",
        "enroll_face, GET /v3/users, '', ENROLLMENT",
        "own, GET /v3/users, '', OTHER",
        "own, POST /v3/faces/search, '', IDENTIFICATION",
        "own, POST /v3/faces/verify, '', VERIFICATION",
        "own, PUT /v3/faces, '', ENROLLMENT",
        "own, POST /v3/models/face_analysis, ?checks=enrollment, ENROLLMENT",
        "own, POST /v3/models/face_analysis, ?checks=none, OTHER",
        "own, GET /v3/faces/access, ?purpose=verification&user_id=x, VERIFICATION",
        "own, GET /v3/faces/access, ?purpose=verification&purpose=enrollment, OTHER"
    })
    void kinds(String pipeline, String line, String query, RecognitionKind kind) {
        recognition.starts(pipeline);
        recognition.calls(call(line, query, ""));

        assertThat(recognition.kind()).isEqualTo(kind);
    }

    @Test
    @DisplayName("A search gives the number of matches and the best score, and a verification a score alone")
    void scores() {
        ServiceClient.Request search = call("POST /v3/faces/search", "", "{\"gallery\":\"door\"}");
        recognition.answered(search, answer(200, "{\"users\":[]}", Map.of()));
        assertThat(recognition.outcome(null)).isEqualTo("NO_MATCH");
        assertThat(recognition.score()).isEmpty();

        recognition.answered(
                search, answer(200, "{\"users\":[{\"uuid\":\"u\",\"score\":0.9},{\"score\":0.8}]}", Map.of()));
        recognition.answered(call("POST /v3/faces/verify", "", ""), answer(200, "{\"score\":0.2}", Map.of()));

        assertThat(recognition.outcome(null)).isEqualTo("MATCH");
        assertThat(recognition.matches()).hasValue(2);
        assertThat(recognition.score()).hasValue(0.9);
        assertThat(recognition.gallery()).contains("door");
    }

    @Test
    @DisplayName("A refusal says which models refused, and its code is the outcome")
    void refusals() {
        recognition.answered(
                call("POST /v3/models/face_analysis", "", ""),
                answer(
                        422,
                        "{\"error\":\"BAD_LIVENESS\"}",
                        Map.of("Model-Revision", "aaaaaaa", "Embedding-Revision", "bbbbbbb")));

        assertThat(recognition.outcome(new ApiException(422, "BAD_LIVENESS", "r")))
                .isEqualTo("BAD_LIVENESS");
        assertThat(recognition.revision()).isEqualTo("bbbbbbb");
        assertThat(recognition.analysis()).isEqualTo("aaaaaaa");
    }

    @Test
    @DisplayName("A gallery counts only when matching granted it, decoded as it was asked")
    void galleries() {
        ServiceClient.Request access = call("GET /v3/faces/access", "?gallery=caf%C3%A9%20%26%20bar", "");
        recognition.answered(access, answer(400, "{}", Map.of()));
        assertThat(recognition.gallery()).isEmpty();

        recognition.answered(access, answer(200, "{}", Map.of()));

        assertThat(recognition.gallery()).contains("café & bar");
    }

    @Test
    @DisplayName("Answers that are no JSON change nothing")
    void nonsense() {
        recognition.answered(call("POST /v3/faces/verify", "", ""), answer(200, "<html>", Map.of()));

        assertThat(recognition.score()).isEmpty();
        assertThat(recognition.outcome(null)).isEqualTo("OK");
    }
}
