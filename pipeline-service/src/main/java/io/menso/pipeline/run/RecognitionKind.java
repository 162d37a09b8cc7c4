package io.menso.pipeline.run;

import io.menso.pipeline.calls.ServiceClient;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What an execution is for.
enum RecognitionKind {
    IDENTIFICATION,
    VERIFICATION,
    ENROLLMENT,
    OTHER;

    private static final Map<String, RecognitionKind> BUILT_INS =
            Map.of("identify", IDENTIFICATION, "verify", VERIFICATION, "enroll_face", ENROLLMENT);
    private static final Map<String, RecognitionKind> CALLS = Map.of(
            "POST /v3/faces/search", IDENTIFICATION,
            "POST /v3/faces/verify", VERIFICATION,
            "PUT /v3/faces", ENROLLMENT);
    private static final Map<String, String> TELLING =
            Map.of("POST /v3/models/face_analysis", "checks", "GET /v3/faces/access", "purpose");

    /// As events carry it.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What a pipeline of this name is for; empty when it is no built-in.
    static Optional<RecognitionKind> ofPipeline(String name) {
        return Optional.ofNullable(BUILT_INS.get(name));
    }

    /// What a call is for; empty when it serves any kind.
    static Optional<RecognitionKind> ofCall(ServiceClient.Request call) {
        String line = call.method() + " " + call.path().text();
        return Optional.ofNullable(CALLS.get(line))
                .or(() -> Optional.ofNullable(TELLING.get(line))
                        .flatMap(name -> parameter(call, name))
                        .flatMap(RecognitionKind::ofLabel));
    }

    /// The value of a call's parameter, when it has exactly one.
    static Optional<String> parameter(ServiceClient.Request call, String name) {
        List<String> values = new QueryStringDecoder(call.query()).parameters().getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private static Optional<RecognitionKind> ofLabel(String label) {
        return BUILT_INS.values().stream()
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }
}
