package io.menso.inference.bundle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a model is for; it decides the shape of the model's response (decision F3).
public enum Task {
    DETECTOR,
    LIVENESS,
    EMBEDDING,
    QUALITY,
    ATTRIBUTES,
    LANDMARKS;

    /// @throws IllegalArgumentException if there is no such task
    @JsonCreator
    public static Task of(String label) {
        return Arrays.stream(values())
                .filter(task -> task.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("task must be one of " + labels() + ", not " + label));
    }

    private static String labels() {
        return Arrays.stream(values()).map(Task::label).collect(Collectors.joining(", "));
    }

    /// Lower-case name as `model.yaml` carries it.
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
